#!/usr/bin/env bash
# Puts Debian packages in place: asks what is missing, installs it when it may, else says the one command to run.
# Usage: install/prepare.sh PYTHON. Ends with 0 when nothing is missing any more, 3 when somebody has to run the command.
set -euo pipefail
python=${1:?which Python}
list=$(dirname "$0")/debian-packages.txt
command -v dpkg-query >/dev/null || { echo "Not a Debian: see install/debian-packages.txt for what to install."; exit 3; }

wanted=$(sed -e 's/#.*//' -e 's/[[:space:]].*//' -e '/^$/d' "$list")
# Debian's own Python comes without its library and without venv; a Python built from source brings both.
case $(readlink -f "$(command -v "$python")") in
  /usr/bin/python3.*) version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
                      wanted="$wanted libpython$version python$version-venv" ;;
esac
missing=()
for package in $wanted; do
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

install=(apt-get install --yes --no-install-recommends "${missing[@]}")
if [ "$(id -u)" = 0 ]; then as_root=(env DEBIAN_FRONTEND=noninteractive)
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then as_root=(sudo -n env DEBIAN_FRONTEND=noninteractive)
else
  echo "Some Debian packages are missing. Run this once, then the same make again:"
  echo "  sudo ${install[*]}"
  exit 3
fi
echo "Installing Debian packages: ${missing[*]}"
# The first try saves a minute where the package lists are fresh.
"${as_root[@]}" "${install[@]}" >/dev/null 2>&1 || { "${as_root[@]}" apt-get update -q && "${as_root[@]}" "${install[@]}"; }
