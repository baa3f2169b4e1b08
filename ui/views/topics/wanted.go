package topics

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"joltui/internal/suggest"
	"joltui/internal/topiclist"
)

// Groups are saved lists of topics, by name.
type Groups map[string][]string

// Wanted is topics to subscribe to, and files that list further ones.
type Wanted struct{ Topics, Files []string }

// parseTopics parses a list of topics and files, each once, with the topics of a group in
// its place. The error says what is wrong with the list, in one line.
func parseTopics(text string, groups Groups) (Wanted, error) {
	var s Wanted
	topics, files := make(map[string]bool), make(map[string]bool)
	add := func(list *[]string, listed map[string]bool, text string) {
		if !listed[text] {
			*list = append(*list, text)
		}
		listed[text] = true
	}
	words, err := topiclist.Split(text)
	if err != nil {
		return s, err
	}
	for _, w := range words {
		switch {
		case w.Kind == '@' && w.Text == "":
			return s, errors.New("@ goes before the name of a file")
		case w.Kind == '@':
			add(&s.Files, files, w.Text)
		case w.Kind == '+':
			group, known := groups[w.Text]
			if !known {
				return s, noGroup(w.Text, groups)
			}
			for _, topic := range group {
				add(&s.Topics, topics, topic)
			}
		default:
			add(&s.Topics, topics, w.Text)
		}
	}
	return s, nil
}

func noGroup(name string, groups Groups) error {
	names := slices.Sorted(maps.Keys(groups))
	meant, near := suggest.Of(name, names)
	switch {
	case len(names) == 0:
		return errors.New("no groups yet; quote topics that begin with +")
	case slices.ContainsFunc(names, func(group string) bool { return strings.HasPrefix(group, name) }):
		return fmt.Errorf("no group +%s; tab completes", name)
	case near:
		return fmt.Errorf("no group +%s; is it +%s?", name, meant)
	default:
		return fmt.Errorf("no group +%s; quote topics that begin with +", name)
	}
}
