package packages

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/goreleaser/nfpm/v2"
	_ "github.com/goreleaser/nfpm/v2/deb"
	"github.com/goreleaser/nfpm/v2/files"
	_ "github.com/goreleaser/nfpm/v2/rpm"
	"gopkg.in/yaml.v3"
)

// top is the root of the project, where paths of .goreleaser.yaml begin.
const top = "."

func TestMain(m *testing.M) {
	if err := os.Chdir("../.."); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

// buildBinary builds joltui as a release of a version.
func buildBinary(t *testing.T, version string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "joltui")
	flags := exec.Command("packaging/version.sh", "flags")
	flags.Dir = top
	flags.Env = append(os.Environ(), "VERSION=v"+version)
	said, err := flags.Output()
	if err != nil {
		t.Fatal(err)
	}
	build := exec.Command("go", "build", "-trimpath", "-ldflags", string(bytes.TrimSpace(said)), "-o", path, ".")
	build.Dir = top
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return path
}

// buildPackage builds what .goreleaser.yaml describes, with a binary in it.
func buildPackage(t *testing.T, format, version, binary string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(top, ".goreleaser.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	var release struct {
		Nfpms []nfpm.Config `yaml:"nfpms"`
	}
	if err := yaml.Unmarshal(text, &release); err != nil {
		t.Fatal(err)
	}
	info := &release.Nfpms[0].Info
	info.Name, info.Arch, info.Platform, info.Version = "joltui", runtime.GOARCH, "linux", version
	info.Maintainer = "joltui <root@localhost>" // goreleaser's is a template
	info.Contents = append(info.Contents, &files.Content{Source: binary, Destination: "/usr/bin/joltui", FileInfo: &files.ContentFileInfo{Mode: 0o755}})
	info = nfpm.WithDefaults(info)
	if err := nfpm.PrepareForPackager(info, format); err != nil {
		t.Fatal(err)
	}
	packager, err := nfpm.Get(format)
	if err != nil {
		t.Fatal(err)
	}
	out, err := os.Create(filepath.Join(t.TempDir(), "joltui_"+version+"."+format))
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	if err := packager.Package(info, out); err != nil {
		t.Fatal(err)
	}
	return out.Name()
}
