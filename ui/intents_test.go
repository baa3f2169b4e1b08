package ui

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"

	"joltui/ui/views/kit"
)

// Every intent that a pane can return is carried out by a feature: one that no feature knows
// would be a key that does nothing, which no compiler finds.
func TestEveryIntentIsCarriedOut(t *testing.T) {
	carried := map[string]bool{"kit.Do": true, "kit.Ask": true}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		each := func(name string) { carried[name] = true }
		if !strings.HasSuffix(file, "_test.go") {
			typesAskedFor(parse(t, file), each)
		}
	}
	declared := 0
	err = filepath.WalkDir("views", func(path string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.Contains(path, "kittest") {
			return err
		}
		file := parse(t, path)
		for _, name := range intentsOf(file) {
			declared++
			if !carried[file.Name.Name+"."+name] {
				t.Errorf("%s: nobody carries out %s.%s", path, file.Name.Name, name)
			}
		}
		return nil
	})
	if err != nil || declared < 15 {
		t.Errorf("%d intents, %v", declared, err)
	}
}

func parse(t *testing.T, path string) *ast.File {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// intentsOf returns the types of a file that implement [kit.Intent].
func intentsOf(file *ast.File) (names []string) {
	for _, d := range file.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok || f.Recv == nil || f.Name.Name != "Intent" {
			continue
		}
		if name, ok := f.Recv.List[0].Type.(*ast.Ident); ok {
			names = append(names, name.Name)
		}
	}
	return names
}

// typesAskedFor finds the types of other packages in type switches and assertions.
func typesAskedFor(file *ast.File, found func(name string)) {
	add := func(e ast.Expr) {
		if s, ok := e.(*ast.SelectorExpr); ok {
			if pkg, ok := s.X.(*ast.Ident); ok {
				found(pkg.Name + "." + s.Sel.Name)
			}
		}
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.TypeAssertExpr:
			if n.Type != nil {
				add(n.Type)
			}
		case *ast.TypeSwitchStmt:
			for _, clause := range n.Body.List {
				for _, e := range clause.(*ast.CaseClause).List {
					add(e)
				}
			}
		}
		return true
	})
}

// lost is an intent that no feature carries out.
type lost struct{}

func (lost) Intent() {}

// An intent that no feature carries out is reported, by its name.
func TestAnIntentOfNobodyIsTold(t *testing.T) {
	s := newScreen(t, 100, 30, Options{})
	s.run(s.model.do(lost{}))
	s.run(s.model.do(kit.Leave{})) // which the desk carries out
	if row := lastFailure(s); !strings.Contains(row, "nobody carries out ui.lost") {
		t.Errorf("the log says %q", row)
	}
}
