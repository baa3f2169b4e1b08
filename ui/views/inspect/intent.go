package inspect

import (
	"joltui/internal/jsontree"
	"joltui/ui/views/intent"
	"joltui/ui/views/kit"
)

// copy asks to copy the value under the cursor if the page shows a tree, else the whole
// payload. A JSON string is copied as the text that it stands for.
func (v *Page) copy() kit.Intent {
	n, ok := v.node()
	if v.showing() != formatPretty || !ok {
		return intent.Copy{What: "the message", Text: v.entry.Data}
	}
	t := v.tree.tree
	text := t.Value(n)
	if t.Kind(n) == jsontree.String {
		if unquoted, ok := jsontree.Unquote(text); ok {
			text = unquoted
		}
	}
	path, whole := t.PathEnd(n, kit.CopyRoom)
	return intent.Copy{What: "the value of " + kit.PathEnd(path, whole, kit.CopyRoom), Text: text}
}

// watch asks to watch the field under the cursor.
func (v *Page) watch() kit.Intent {
	if n, ok := v.node(); ok {
		return intent.Watch{Topic: v.entry.Topic, Path: v.tree.tree.Path(n)}
	}
	return nil
}

// SetKey asks to let a field tell which messages of a topic are about the same thing, for the
// diff; Path is a jq path.
type SetKey struct{ Topic, Path string }

// Intent implements [kit.Intent].
func (SetKey) Intent() {}

// key asks to make the field under the cursor the key of the topic.
func (v *Page) key() kit.Intent {
	if n, ok := v.node(); ok && n > 0 {
		return SetKey{Topic: v.entry.Topic, Path: v.tree.tree.Path(n)}
	}
	return nil
}

// Step asks for the message so many after the one shown, or before it if By is negative.
type Step struct{ By int }

// Intent implements [kit.Intent].
func (Step) Intent() {}
