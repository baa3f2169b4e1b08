#!/bin/sh
# Before deb and rpm take their files away; an update is none of this.
set -e
case "$1" in
remove | 0)
	if [ -d /run/systemd/system ]; then
		systemctl -q disable --now joltui-broker.service
	fi
	;;
esac
exit 0
