package feed

import (
	"errors"
	"slices"
	"strings"

	"joltui/internal/topiclist"
)

// Field is what a watch reads: the values of a jq path, or of any jq expression, in the
// payloads of some topics.
type Field struct {
	// Topics are names, in which * stands for any text. An empty list is all topics.
	Topics []string
	Path   string
}

// ParseField reads what a user typed: a jq path, as .order.amount, of the topic
// that is selected ("" selects all), or "PATH in TOPIC…" with topics as a list
// of package topiclist. The error is one short line.
func ParseField(text, selected string) (Field, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return Field{}, errors.New("a path is missing, as .order.amount")
	}
	f := Field{Path: text}
	if selected != "" {
		f.Topics = []string{selected}
	}
	_, err := compile(text)
	// No jq expression ends in " in TOPIC".
	if path, topics, found := cutLast(text+" ", " in "); err != nil && found {
		if f.Topics, err = topicNames(topics); err != nil {
			return Field{}, err
		}
		f.Path = strings.TrimSpace(path)
		_, err = compile(f.Path)
	}
	if err != nil {
		return Field{}, err
	}
	if slices.Contains(f.Topics, "*") {
		f.Topics = nil
	}
	return f, nil
}

func cutLast(s, sep string) (before, after string, found bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}

// topicNames reads a list of topics, each once.
func topicNames(text string) ([]string, error) {
	words, err := topiclist.Split(text)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, w := range words {
		if w.Kind != 0 {
			return nil, errors.New("files and groups are not watched; quote topics that begin with @ or +")
		}
		if !slices.Contains(names, w.Text) {
			names = append(names, w.Text)
		}
	}
	if len(names) == 0 {
		return nil, errors.New("topics are missing after in; * is all of them")
	}
	return names, nil
}

// Where names the topics: "orders.eu, orders.us", or "all topics". Untrusted.
func (f Field) Where() string {
	if len(f.Topics) == 0 {
		return "all topics"
	}
	return strings.Join(f.Topics, ", ")
}

// String returns the field as ParseField reads it. Untrusted.
func (f Field) String() string {
	if len(f.Topics) == 0 {
		return f.Path + " in *"
	}
	return f.Path + " in " + topiclist.Join(f.Topics, ",")
}

func (f Field) equal(g Field) bool {
	return f.Path == g.Path && slices.Equal(f.Topics, g.Topics)
}

// matches reports whether the field is read in messages on topic.
func (f Field) matches(topic string) bool {
	return len(f.Topics) == 0 ||
		slices.ContainsFunc(f.Topics, func(pattern string) bool { return matchName(pattern, topic) })
}

// matchName reports whether name matches pattern, in which * stands for any text.
func matchName(pattern, name string) bool {
	parts := strings.Split(pattern, "*")
	if len(parts) == 1 {
		return pattern == name
	}
	name, ok := strings.CutPrefix(name, parts[0])
	if !ok {
		return false
	}
	last := len(parts) - 1
	for _, part := range parts[1:last] {
		_, after, found := strings.Cut(name, part)
		if !found {
			return false
		}
		name = after
	}
	return strings.HasSuffix(name, parts[last])
}

// oneName reports whether there is a single topic and no pattern, and which.
func (f Field) oneName() (string, bool) {
	if len(f.Topics) != 1 || strings.Contains(f.Topics[0], "*") {
		return "", false
	}
	return f.Topics[0], true
}
