package views

import (
	"errors"
	"maps"
	"slices"
	"strings"
)

// TopicChoices are what the question for topics suggests.
type TopicChoices struct {
	// Again is suggested first: what was given up last.
	Again []string
	// Topics are those that were seen, best first.
	Topics []string
	Groups Groups
}

// maxSuggestions bounds how many there are, as nobody walks through more.
const maxSuggestions = 100

// TopicsQuestion asks for topics. The answer is one [Subscribe], or nothing.
func TopicsQuestion(c TopicChoices) Question {
	return Question{
		Label: "subscribe to ",
		Hint:  "topics, @file, +group",
		Check: func(text string) error {
			_, err := parseTopics(text, c.Groups)
			return err
		},
		Accept: func(text string) Intent {
			s, err := parseTopics(text, c.Groups)
			if err != nil || len(s.Topics)+len(s.Files) == 0 {
				return nil
			}
			return s
		},
		Suggest: c.suggest,
	}
}

// suggest completes the last word of text.
func (c TopicChoices) suggest(text string) []string {
	words := wordsOf(text)
	last := word{start: len(text)}
	if n := len(words); n > 0 && (words[n-1].quoted && !words[n-1].closed || !isBetween(text[len(text)-1])) {
		last, words = words[n-1], words[:n-1]
	}
	before := text[:last.start]
	if last.kind == '@' {
		return nil
	}
	var found []string
	if again := JoinTopics(c.Again); again != "" && len(words) == 0 && last.text == "" && last.kind == 0 {
		found = append(found, before+again)
	}
	if last.kind == 0 {
		taken := make(map[string]bool)
		for _, w := range words {
			taken[w.text] = taken[w.text] || w.kind == 0
		}
		for _, topic := range c.Topics {
			if suggestion := before + quote(topic); !taken[topic] && strings.HasPrefix(topic, last.text) &&
				suggestion != text && !slices.Contains(found, suggestion) {
				found = append(found, suggestion)
			}
			if len(found) >= maxSuggestions {
				return found
			}
		}
	}
	if !last.quoted {
		for _, group := range slices.Sorted(maps.Keys(c.Groups)) {
			if strings.HasPrefix(group, last.text) && (last.kind == '+' || last.text == "") {
				found = append(found, before+"+"+group)
			}
		}
	}
	return found
}

// SaveGroup keeps the topics that are subscribed as a group.
type SaveGroup struct{ Name string }

func (SaveGroup) intent() {}

// maxGroupName is the longest name of a group, in bytes.
const maxGroupName = 64

// GroupQuestion asks what the group of so many topics is to be called.
func GroupQuestion(topics int, groups Groups) Question {
	return Question{
		Label: "save " + counted(uint64(topics), "topic") + " as group +",
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
		Accept:  func(name string) Intent { return SaveGroup{Name: name} },
		Suggest: func(name string) []string { return namesWith(groups, name) },
	}
}

// namesWith returns the names of groups that begin with prefix.
func namesWith(groups Groups, prefix string) []string {
	names := slices.Sorted(maps.Keys(groups))
	return slices.DeleteFunc(names, func(name string) bool { return !strings.HasPrefix(name, prefix) })
}
