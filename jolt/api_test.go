package jolt_test

import (
	"bytes"
	"flag"
	"go/ast"
	"go/doc"
	"go/format"
	"go/parser"
	"go/printer"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write testdata/api.txt anew")

const apiFile = "testdata/api.txt"

// What others can use changes only on purpose.
func TestAPI(t *testing.T) {
	d, fset := documentation(t, 0)
	got := declarations(t, d, fset)
	if *update {
		if err := os.WriteFile(apiFile, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(apiFile)
	if err != nil {
		t.Fatal(err)
	}
	want = bytes.ReplaceAll(want, []byte("\r\n"), []byte("\n")) // as git may check it out
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(string(got), "\n")); diff != "" {
		t.Errorf("the exported declarations have changed. If that is meant, and programs that use them still compile "+
			"or CHANGELOG.md says what they have to change, run go test ./jolt -run TestAPI -update\n%s", diff)
	}
}

// Whatever is exported says what it is.
func TestEverythingIsDocumented(t *testing.T) {
	d, _ := documentation(t, parser.ParseComments)
	check := func(name, text string) {
		if strings.TrimSpace(text) == "" {
			t.Errorf("%s has no documentation", name)
		}
	}
	check("the package", d.Doc)
	functions := func(of string, all []*doc.Func) {
		for _, f := range all {
			check(of+f.Name, f.Doc)
		}
	}
	values := func(all []*doc.Value) {
		for _, v := range all {
			check(strings.Join(v.Names, ", "), v.Doc)
		}
	}
	functions("", d.Funcs)
	values(d.Consts)
	for _, v := range d.Vars { // each error says when it comes
		for _, spec := range v.Decl.Specs {
			spec := spec.(*ast.ValueSpec)
			check(spec.Names[0].Name, spec.Doc.Text())
		}
	}
	for _, typ := range d.Types {
		check(typ.Name, typ.Doc)
		functions("", typ.Funcs)
		functions(typ.Name+".", typ.Methods)
		values(typ.Consts)
	}
}

// On every system the package depends on the standard library alone.
func TestImportsOnlyStandardLibrary(t *testing.T) {
	for _, system := range []string{"linux/amd64", "darwin/arm64", "windows/amd64"} {
		goos, goarch, _ := strings.Cut(system, "/")
		list := exec.Command("go", "list", "-deps", "-f", "{{if not .Standard}}{{.ImportPath}}{{end}}", ".")
		list.Env = append(os.Environ(), "GOOS="+goos, "GOARCH="+goarch, "CGO_ENABLED=0")
		list.Stderr = os.Stderr
		out, err := list.Output()
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Fields(string(out)); !slices.Equal(got, []string{"joltui/jolt"}) {
			t.Errorf("on %s the package is made of %q", system, got)
		}
	}
}

// documentation reads the package as go doc does.
func documentation(t *testing.T, mode parser.Mode) (*doc.Package, *token.FileSet) {
	t.Helper()
	paths, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	fset := token.NewFileSet()
	var files []*ast.File
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(fset, path, nil, mode)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	d, err := doc.NewFromFiles(fset, files, "joltui/jolt")
	if err != nil {
		t.Fatal(err)
	}
	return d, fset
}

// declarations prints what is exported, in the order in which go doc has it.
func declarations(t *testing.T, d *doc.Package, fset *token.FileSet) []byte {
	t.Helper()
	var out []byte
	put := func(decl ast.Node) {
		var text bytes.Buffer
		if err := printer.Fprint(&text, fset, decl); err != nil {
			t.Fatal(err)
		}
		// Lines stay blank where a comment was, which is not to matter.
		compact := bytes.ReplaceAll(text.Bytes(), []byte("\n\n"), []byte("\n"))
		out = append(append(out, compact...), "\n\n"...)
	}
	values := func(all []*doc.Value) {
		for _, v := range all {
			put(v.Decl)
		}
	}
	functions := func(all []*doc.Func) {
		for _, f := range all {
			put(f.Decl)
		}
	}
	values(d.Consts)
	values(d.Vars)
	functions(d.Funcs)
	for _, typ := range d.Types {
		put(typ.Decl)
		values(typ.Consts)
		values(typ.Vars)
		functions(typ.Funcs)
		functions(typ.Methods)
	}
	out, err := format.Source(bytes.TrimSuffix(out, []byte("\n")))
	if err != nil {
		t.Fatal(err)
	}
	return out
}
