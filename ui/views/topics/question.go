package topics

import (
	"errors"
	"maps"
	"slices"
	"strings"

	"joltui/internal/human"
	"joltui/internal/topiclist"
	"joltui/ui/views/kit"
)

// Choices are what the question for topics suggests.
type Choices struct {
	// Again are the topics unsubscribed last, all of which are the first suggestion.
	Again []string
	// Topics returns those that are known, best first. It is asked each time, since more
	// may become known while the question is open. nil is none.
	Topics func() []string
	Groups Groups
}

// maxSuggestions bounds the suggestions: nobody goes through more.
const maxSuggestions = 100

// Question asks for topics, files and groups. accept is called with the answer, unless it is
// empty.
func Question(c Choices, accept func(Wanted) kit.Intent) kit.Question {
	return kit.Question{
		Label: "subscribe to ",
		Hint:  "topics, @file, +group",
		Check: func(text string) error {
			_, err := parseTopics(text, c.Groups)
			return err
		},
		Accept: func(text string) kit.Intent {
			s, err := parseTopics(text, c.Groups)
			if err != nil || len(s.Topics)+len(s.Files) == 0 {
				return nil
			}
			return accept(s)
		},
		Suggest: c.suggest,
	}
}

// suggest completes the last word of text.
func (c Choices) suggest(text string) []string {
	words, _ := topiclist.Split(text)
	last := topiclist.Word{Start: len(text)}
	if n := len(words); n > 0 && (words[n-1].Quoted && !words[n-1].Closed || !topiclist.Between(text[len(text)-1])) {
		last, words = words[n-1], words[:n-1]
	}
	before := text[:last.Start]
	if last.Kind == '@' {
		return nil
	}
	var found []string
	if again := topiclist.Join(c.Again, " "); again != "" && len(words) == 0 && last.Text == "" && last.Kind == 0 {
		found = append(found, before+again)
	}
	if last.Kind == 0 && c.Topics != nil {
		taken := make(map[string]bool)
		for _, w := range words {
			taken[w.Text] = taken[w.Text] || w.Kind == 0
		}
		for _, topic := range c.Topics() {
			if suggestion := before + topiclist.Quote(topic); !taken[topic] && strings.HasPrefix(topic, last.Text) &&
				suggestion != text && !slices.Contains(found, suggestion) {
				found = append(found, suggestion)
			}
			if len(found) >= maxSuggestions {
				return found
			}
		}
	}
	if !last.Quoted {
		for _, group := range slices.Sorted(maps.Keys(c.Groups)) {
			if strings.HasPrefix(group, last.Text) && (last.Kind == '+' || last.Text == "") {
				found = append(found, before+"+"+group)
			}
		}
	}
	return found
}

// maxGroupName is the longest name of a group, in bytes.
const maxGroupName = 64

// GroupQuestion asks for the name of a new group of so many topics. accept is called with
// the answer.
func GroupQuestion(topics int, groups Groups, accept func(name string) kit.Intent) kit.Question {
	return kit.Question{
		Label: "save " + human.Counted(uint64(topics), "topic") + " as group +",
		Hint:  "a name",
		Check: func(name string) error {
			switch {
			case name == "":
				return errors.New("a group needs a name")
			case len(name) > maxGroupName:
				return errors.New("the name is too long")
			case strings.ContainsAny(name, " ,\t\"'\\"):
				return errors.New("a name has no blanks, commas, quotes or backslashes")
			}
			return nil
		},
		Accept:  accept,
		Suggest: func(name string) []string { return namesWith(groups, name) },
	}
}

// namesWith returns the names of groups that begin with prefix.
func namesWith(groups Groups, prefix string) []string {
	names := slices.Sorted(maps.Keys(groups))
	return slices.DeleteFunc(names, func(name string) bool { return !strings.HasPrefix(name, prefix) })
}
