#!/bin/sh
# Builds joltui for every system it is released for, static, and the same from
# the same commit whenever it is built: packaging/dist.sh FOLDER
set -eu
out=$1
go=${GO:-go}
version=$(packaging/version.sh)
flags=$(packaging/version.sh flags)
rm -rf "$out"
mkdir -p "$out"
for target in linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64 windows/arm64; do
	os=${target%/*} arch=${target#*/}
	suffix=
	if [ "$os" = windows ]; then suffix=.exe; fi
	file=joltui_${version}_${os}_$arch$suffix
	CGO_ENABLED=0 GOOS=$os GOARCH=$arch "$go" build -trimpath -buildvcs=auto -ldflags "$flags" -o "$out/$file" .
	echo "$out/$file"
done
cd "$out"
sha256sum joltui_* >SHA256SUMS
