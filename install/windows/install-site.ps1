# Puts a service point on a Windows machine as a task that starts with the machine, before anybody signs in.
#
#   powershell -ExecutionPolicy Bypass -File install-site.ps1 -Hub https://hub.example -Ticket TICKET
#   powershell -ExecutionPolicy Bypass -File install-site.ps1 -Remove
#
# Run it as administrator, from the folder that holds yizhan.exe and _internal. Windows has no service wrapper of its own
# for a console program, and nothing is downloaded here: a scheduled task at start-up does the same and starts it again.
# Removing keeps the data: they may hold what the county has not got yet.
[CmdletBinding(SupportsShouldProcess)]
param(
    [string] $Hub,
    [string] $Ticket,
    [string] $Listen = '127.0.0.1:8600',
    [string] $Source = $PSScriptRoot,
    [switch] $Remove
)
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$Name = 'Yizhan service point'
$Program = Join-Path $env:ProgramFiles 'Yizhan'
$New = "$Program.new"
$Old = "$Program.old"
$Data = Join-Path $env:ProgramData 'Yizhan\site'
$Exe = Join-Path $Program 'yizhan.exe'

function Test-Administrator {
    $me = [Security.Principal.WindowsPrincipal] [Security.Principal.WindowsIdentity]::GetCurrent()
    $me.IsInRole([Security.Principal.WindowsBuiltInRole]::Administrator)
}

function Stop-Site {
    if (Get-ScheduledTask -TaskName $Name -ErrorAction SilentlyContinue) {
        Stop-ScheduledTask -TaskName $Name
        Unregister-ScheduledTask -TaskName $Name -Confirm:$false
    }
    # The task is told to end and does so a moment later; until then Windows lets nobody move or remove its files.
    $left = @(Get-Process -Name yizhan -ErrorAction SilentlyContinue | Where-Object { $_.Path -eq $Exe })
    if ($left) { $left | Wait-Process -Timeout 30 }
}

function Copy-Program {
    if (-not (Test-Path (Join-Path $Source 'yizhan.exe'))) { throw "yizhan.exe is not in $Source" }
    if (Test-Path $New) { Remove-Item -Recurse -Force $New }
    Copy-Item -Recurse $Source $New
}

function Switch-Program {
    # A cut in between leaves a whole program, under the one name or the other.
    if (Test-Path $Old) { Remove-Item -Recurse -Force $Old }
    if (Test-Path $Program) { Rename-Item $Program $Old }
    Rename-Item $New $Program
    if (Test-Path $Old) { Remove-Item -Recurse -Force $Old }
}

function Protect-Data {
    New-Item -ItemType Directory -Force $Data | Out-Null
    # Inheritance off; SYSTEM, administrators and the account that the task runs under. Well-known SIDs, since
    # the names of these groups differ by the language of Windows.
    & icacls.exe $Data /inheritance:r /grant:r '*S-1-5-18:(OI)(CI)F' '*S-1-5-32-544:(OI)(CI)F' '*S-1-5-19:(OI)(CI)F' | Out-Null
    if ($LASTEXITCODE -ne 0) { throw "icacls refused $Data" }
}

function Register-Site {
    $action = New-ScheduledTaskAction -Execute $Exe -WorkingDirectory $Program -Argument "edge run --dir `"$Data`" --listen $Listen"
    $trigger = New-ScheduledTaskTrigger -AtStartup
    $account = New-ScheduledTaskPrincipal -UserId 'S-1-5-19' -LogonType ServiceAccount -RunLevel Limited
    $settings = New-ScheduledTaskSettingsSet -AllowStartIfOnBatteries -DontStopIfGoingOnBatteries -StartWhenAvailable `
        -RestartCount 999 -RestartInterval (New-TimeSpan -Minutes 1) -ExecutionTimeLimit ([TimeSpan]::Zero) `
        -MultipleInstances IgnoreNew
    Register-ScheduledTask -TaskName $Name -Action $action -Trigger $trigger -Principal $account -Settings $settings -Force | Out-Null
}

if (-not (Test-Administrator)) { throw 'Run this as administrator.' }
if (-not $PSCmdlet.ShouldProcess($Name, $(if ($Remove) { 'remove' } else { 'install' }))) { return }
if ($Ticket -and -not $Hub) { throw 'A ticket needs the address of its hub: -Hub https://...' }

if ($Remove) {
    Stop-Site
    if (Test-Path $Program) { Remove-Item -Recurse -Force $Program }
    Write-Output "Removed. The data stay in $Data."
    return
}
# What takes long and what may fail comes while the old one still runs.
Copy-Program
Stop-Site
Switch-Program
Protect-Data
if ($Ticket) {
    & $Exe edge enroll --dir $Data --hub $Hub --ticket $Ticket
    if ($LASTEXITCODE -ne 0) { throw 'The hub did not accept the ticket; nothing runs yet.' }
}
Register-Site
Start-ScheduledTask -TaskName $Name
Write-Output "Installed. The pages are at http://$Listen/ in a few seconds."
