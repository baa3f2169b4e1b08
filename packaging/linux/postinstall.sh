#!/bin/sh
# After deb and rpm have put their files in place, for the first time and at an update.
set -e
if [ -x /usr/bin/systemd-sysusers ]; then
	systemd-sysusers joltui.conf
elif ! getent passwd joltui >/dev/null; then
	getent group joltui >/dev/null || groupadd --system joltui
	useradd --system --gid joltui --no-create-home --home-dir / --shell /usr/sbin/nologin \
		--comment "Jolt message broker" joltui
fi
# The broker reads its configuration, with its hashes and keys, and cannot change it.
# What an administrator has given to somebody else stays theirs.
for file in /etc/joltui /etc/joltui/broker.json; do
	[ -e "$file" ] && [ "$(stat -c %G "$file")" = root ] && chgrp joltui "$file"
done
if [ -d /run/systemd/system ]; then
	systemctl daemon-reload
	# A restart ends every connection: when, is for the administrator to say.
	if systemctl -q is-active joltui-broker.service; then
		echo "joltui: the broker that runs is the one from before: systemctl restart joltui-broker"
	fi
fi
exit 0
