package template

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"text/template"
	"text/template/parse"
)

// check refuses everything in a template that is not part of the small language of this
// package. Without loops, variables and calls of other templates, executing a template takes
// as many steps as it has nodes.
func check(t *template.Template) error {
	for _, other := range t.Templates() {
		if other.Name() != name {
			return wrong(other.Root, "a template cannot define others")
		}
	}
	return checkList(t.Root)
}

func checkList(l *parse.ListNode) error {
	if l == nil {
		return nil
	}
	for _, n := range l.Nodes {
		if err := checkNode(n); err != nil {
			return err
		}
	}
	return nil
}

func checkNode(n parse.Node) error {
	switch n := n.(type) {
	case *parse.TextNode, *parse.CommentNode:
		return nil
	case *parse.ActionNode:
		return checkPipe(n.Pipe)
	case *parse.IfNode:
		return cmp.Or(checkPipe(n.Pipe), checkList(n.List), checkList(n.ElseList))
	}
	action, _, _ := strings.Cut(strings.TrimLeft(n.String(), "{"), " ")
	return wrong(n, "there is no %s here, only if", strings.TrimRight(action, "}"))
}

func checkPipe(p *parse.PipeNode) error {
	if len(p.Decl) > 0 {
		return wrong(p, "there are no variables here")
	}
	for _, command := range p.Cmds {
		for _, arg := range command.Args {
			if err := checkArgument(arg); err != nil {
				return err
			}
		}
	}
	return nil
}

func checkArgument(n parse.Node) error {
	switch n := n.(type) {
	case *parse.StringNode, *parse.NumberNode, *parse.BoolNode:
		return nil
	case *parse.PipeNode:
		return checkPipe(n)
	case *parse.FieldNode:
		return checkField(n)
	case *parse.IdentifierNode:
		allowed := []string{"printf", "eq", "ne", "lt", "le", "gt", "ge", "and", "or", "not"}
		if !slices.Contains(allowed, n.Ident) {
			return wrong(n, "there is no function %s here, only %s", n.Ident, strings.Join(allowed, ", "))
		}
		return nil
	}
	return wrong(n, "%s means nothing here: there are .Count, .Time, .UUID and .Random", n)
}

func checkField(n *parse.FieldNode) error {
	known := map[string][]string{
		"Count": {}, "UUID": {}, "Random": {}, "Time": {"Unix", "UnixMilli", "UnixNano", "Format"},
	}
	parts, ok := known[n.Ident[0]]
	switch {
	case !ok:
		return wrong(n, "there is no .%s: there are .Count, .Time, .UUID and .Random", n.Ident[0])
	case len(n.Ident) == 1, len(n.Ident) == 2 && slices.Contains(parts, n.Ident[1]):
		return nil
	case n.Ident[0] == "Time":
		return wrong(n, "there is no %s: there are .Time.Unix, .UnixMilli, .UnixNano and .Format", n)
	}
	return wrong(n, "there is no %s: .%s has no parts", n, n.Ident[0])
}

func wrong(n parse.Node, format string, args ...any) error {
	var tree *parse.Tree // the node knows its own
	place, _ := tree.ErrorContext(n)
	line := strings.Split(place, ":")[1]
	return fmt.Errorf("line %s: %s", line, fmt.Sprintf(format, args...))
}
