package process

import "runtime/debug"

// version is the release this tree becomes; see CHANGELOG.md. A build of a tag has the
// linker set it to that tag: packaging/version.sh prints it, and whoever builds passes it
// on. It is a variable because the linker sets no constants; nothing else may.
var version = "0.1.0-dev"

// Version is the version alone: 0.1.0.
func Version() string { return version }

// FullVersion is the version, and of which commit and with which Go it was built.
func FullVersion() string {
	text := "joltui " + version
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return text
	}
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision":
			text += " " + s.Value[:min(12, len(s.Value))]
		case s.Key == "vcs.modified" && s.Value == "true":
			text += "+changes"
		}
	}
	return text + " " + info.GoVersion
}
