#!/bin/sh
# The version of this tree: that of the tag it is, else the one it will become.
#   packaging/version.sh            prints it
#   packaging/version.sh flags      prints what the linker is to be told
#   packaging/version.sh check V    fails where the changelog or the tree disagrees with V
set -eu
cd "$(dirname "$0")/.."
coming=$(sed -n 's/^var version = "\(.*\)"/\1/p' internal/cli/process/version.go)
tag=$(git describe --tags --exact-match 2>/dev/null || true)
version=${VERSION:-${tag:-$coming}}
version=${version#v}
case ${1-} in
'') echo "$version" ;;
flags) echo "-s -w -X joltui/internal/cli/process.version=$version" ;;
check)
	release=${2%%-*}
	grep -q "^## $release\b" CHANGELOG.md || { echo "CHANGELOG.md has no ## $release, which is to be released" >&2; exit 1; }
	[ "$release" = "${coming%%-*}" ] || { echo "internal/cli/process/version.go says $coming, the release is $2" >&2; exit 1; }
	;;
*) echo "usage: packaging/version.sh [flags | check VERSION]" >&2; exit 2 ;;
esac
