#!/bin/sh
# After deb and rpm have taken their files away. The user stays, as is usual: files of
# theirs may be left. What an administrator has put into /etc/joltui stays as well.
set -e
if [ -d /run/systemd/system ]; then
	systemctl daemon-reload
fi
exit 0
