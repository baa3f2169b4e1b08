package format

import (
	"errors"
	"text/template/parse"
)

// showing is the function that each value passes before it is printed.
const showing = "_shown"

// shown is v as a template prints it: what is missing in a payload, or null there, is the
// empty text, where text/template would print <no value>.
func shown(v any) any {
	if v == nil {
		return ""
	}
	return v
}

func allShown(values []any) []any {
	for i, v := range values {
		values[i] = shown(v)
	}
	return values
}

// length is how many parts a list or an object has, or bytes a text; what is missing has
// none.
func length(v any) (int, error) {
	switch v := v.(type) {
	case nil:
		return 0, nil
	case array:
		return len(v), nil
	case object:
		return len(v), nil
	case string:
		return len(v), nil
	}
	return 0, errors.New("it is no list, object or text")
}

// showAll has each value that a template prints pass through [shown].
func showAll(n parse.Node) {
	switch n := n.(type) {
	case *parse.ListNode:
		if n != nil {
			for _, each := range n.Nodes {
				showAll(each)
			}
		}
	case *parse.ActionNode:
		if len(n.Pipe.Decl) == 0 { // else it prints nothing
			n.Pipe.Cmds = append(n.Pipe.Cmds, &parse.CommandNode{NodeType: parse.NodeCommand, Pos: n.Pos,
				Args: []parse.Node{parse.NewIdentifier(showing).SetPos(n.Pos)}})
		}
	case *parse.IfNode:
		showBranch(&n.BranchNode)
	case *parse.RangeNode:
		showBranch(&n.BranchNode)
	case *parse.WithNode:
		showBranch(&n.BranchNode)
	}
}

func showBranch(b *parse.BranchNode) {
	showAll(b.List)
	showAll(b.ElseList)
}
