package query

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"unicode/utf8"

	"github.com/itchyny/gojq"

	"joltui/internal/printable"
)

// Parse compiles a jq expression. Functions that would change something outside of the
// expression, or block, are unknown. Assignments are refused, too: they select nothing, and
// = is almost always meant to be ==.
//
// The error is one short line, safe for a terminal, that says what is wrong with which part.
func Parse(text string) (*Query, error) {
	switch {
	case len(text) > maxText:
		return nil, fmt.Errorf("the expression is longer than %d bytes", maxText)
	case strings.TrimSpace(text) == "":
		return nil, errors.New("an expression is missing, as .status")
	case !utf8.ValidString(text):
		return nil, errors.New("the expression is no UTF-8")
	}
	tree, err := gojq.Parse(text)
	if err != nil {
		return nil, explain(text, err)
	}
	if err := restrict(reflect.ValueOf(tree)); err != nil {
		return nil, err
	}
	rules, err := gojq.Parse(prelude)
	if err != nil {
		return nil, err
	}
	tree.FuncDefs = append(rules.FuncDefs, tree.FuncDefs...)
	code, err := gojq.Compile(tree, gojq.WithFunction("_affordable", 2, 2, affordable))
	if err != nil {
		return nil, unknownName(err)
	}
	return &Query{text: text, code: code}, nil
}

// prelude defines the multiplication of a query.
const prelude = `def _product(a; b): b as $b | a as $a | _affordable($a; $b) as $_ | $a * $b; .`

// restrict walks through a syntax tree, the leaves first. It refuses parts that no query needs
// or that have no bound, and replaces multiplications by that of the prelude.
func restrict(v reflect.Value) error {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return nil
		}
		if err := restrict(v.Elem()); err != nil {
			return err
		}
		return restrictNode(v.Interface())
	case reflect.Struct:
		for i := range v.NumField() {
			if err := restrict(v.Field(i)); err != nil {
				return err
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			if err := restrict(v.Index(i)); err != nil {
				return err
			}
		}
	}
	return nil
}

func restrictNode(node any) error {
	switch n := node.(type) {
	case *gojq.Import:
		return errors.New("an expression cannot import modules")
	case *gojq.Func:
		return restrictCall(n)
	case *gojq.Query:
		return restrictOperator(n)
	}
	return nil
}

// restrictCall refuses functions that reach beyond the payload, those that make an
// array of any length in one step, and those that are internal to jq.
func restrictCall(f *gojq.Func) error {
	if strings.HasPrefix(f.Name, "_") {
		return fmt.Errorf("%s: a name cannot begin with _ here", f.Name)
	}
	switch f.Name {
	case "$ENV", "env", "input", "inputs", "debug", "stderr", "halt", "halt_error",
		"modulemeta", "setpath", "pick", "fromstream":
		return fmt.Errorf("%s is not available here", f.Name)
	}
	return nil
}

func restrictOperator(q *gojq.Query) error {
	switch q.Op {
	case gojq.OpAssign:
		return errors.New("= changes a value: to compare, write ==")
	case gojq.OpModify, gojq.OpUpdateAdd, gojq.OpUpdateSub, gojq.OpUpdateMul,
		gojq.OpUpdateDiv, gojq.OpUpdateMod, gojq.OpUpdateAlt:
		return fmt.Errorf("%s changes a value, which an expression cannot do here", q.Op)
	case gojq.OpMul:
		product := &gojq.Func{Name: "_product", Args: []*gojq.Query{q.Left, q.Right}}
		q.Left, q.Right, q.Op = nil, nil, 0
		q.Term = &gojq.Term{Type: gojq.TermTypeFunc, Func: product}
	}
	return nil
}

// explain returns an error that says where the syntax of an expression is wrong.
func explain(text string, err error) error {
	var wrong *gojq.ParseError
	if !errors.As(err, &wrong) {
		return oneLine(err)
	}
	if err.Error() == "unexpected EOF" {
		return errors.New("the expression is not complete")
	}
	if wrong.Token == "" {
		return oneLine(err)
	}
	before := strings.TrimSuffix(text[:min(max(wrong.Offset, 0), len(text))], wrong.Token)
	return fmt.Errorf("%w, at character %d", oneLine(err), utf8.RuneCountInString(before)+1)
}

// unknownName says what to write in place of a name that means nothing. A bare word is most
// often a text without its quotes.
func unknownName(err error) error {
	text := oneLine(err).Error()
	if name, found := strings.CutPrefix(text, "variable not defined: "); found {
		return fmt.Errorf("there is no variable %s", name)
	}
	call, found := strings.CutPrefix(text, "function not defined: ")
	name, arguments, _ := strings.Cut(call, "/")
	switch {
	case !found:
		return errors.New(text)
	case arguments == "0":
		return fmt.Errorf("put quotes around %s: %[1]q is a text, .%[1]s a field", name)
	case arguments == "1":
		return fmt.Errorf("there is no function %s with 1 argument", name)
	default:
		return fmt.Errorf("there is no function %s with %s arguments", name, arguments)
	}
}

// maxError bounds the text of an error, in cells.
const maxError = 200

// oneLine makes an error safe for a terminal: it may quote the expression and the payload.
func oneLine(err error) error {
	if errors.Is(err, errTooLong) || errors.Is(err, errTooLarge) {
		return err
	}
	return errors.New(printable.Prefix(strings.TrimSpace(err.Error()), maxError))
}
