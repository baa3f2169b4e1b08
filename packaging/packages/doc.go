// Package packages tests what joltui is installed from: the deb and the rpm that
// .goreleaser.yaml describes are built with nfpm, which goreleaser uses as well, and
// installed into roots of their own. It needs root, Linux, dpkg and rpm.
package packages
