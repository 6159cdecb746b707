#!/usr/bin/env bash
# Puts a service point, its screen or the hub on a Debian machine. Run as root from the unpacked release or the project.
#
#   install/linux.sh site|kiosk|hub
#
# DESTDIR=FOLDER puts the files under FOLDER and touches nothing of the running system.
set -euo pipefail
role=${1:-}
case $role in site|kiosk|hub) ;; *) sed -n '2,6s/^# \{0,1\}//p' "$0"; exit 2 ;; esac
here=$(cd "$(dirname "$0")" && pwd)
root=${DESTDIR:-}
[ -n "$root" ] || [ "$(id -u)" = 0 ] || { echo "This puts files into /opt and /etc: run it as root."; exit 1; }

place() { install -D -m "$1" "$2" "$root$3"; }

place 644 "$here/systemd/yizhan.sysusers.conf" /usr/lib/sysusers.d/yizhan.conf
if [ "$role" = kiosk ]; then
  place 755 "$here/kiosk/kiosk-session" /opt/yizhan/kiosk-session
  place 644 "$here/kiosk/policies.json" /etc/chromium/policies/managed/yizhan.json
else
  built=$here/../dist/yizhan
  [ -x "$built/yizhan" ] || { echo "dist/yizhan/yizhan is missing: run make package first."; exit 1; }
  # Beside the old one; the link changes at once, so a cut leaves the whole old program or the whole new one. The old one
  # stays until the next time, as it still runs and reads its files.
  opt=$root/opt/yizhan
  case $(readlink "$opt/yizhan" || true) in one/*) new=two ;; *) new=one ;; esac
  place 644 "$here/README.md" /opt/yizhan/README.md
  rm -rf "${opt:?}/$new"
  cp -r "$built" "$opt/$new"
  chmod -R a+rX,go-w "$opt/$new"   # whatever the umask was here or where it was built: the services have to read it
  [ -n "$root" ] || sync -f "$opt/$new"
  ln -sfn "$new/yizhan" "$opt/.link"
  mv -T "$opt/.link" "$opt/yizhan"
fi
place 644 "$here/systemd/yizhan-$role.service" "/etc/systemd/system/yizhan-$role.service"

[ -z "$root" ] || exit 0
systemd-sysusers yizhan.conf
systemctl daemon-reload
systemctl enable "yizhan-$role.service"
case $role in
  kiosk) echo "Needed beside it: apt-get install cage chromium fonts-noto-cjk. Then: systemctl start yizhan-kiosk" ;;
  *)     echo "Next: install/README.md, \"$role\": it needs its data folder once before it can start." ;;
esac
