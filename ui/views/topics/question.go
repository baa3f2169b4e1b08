package topics

import (
	"errors"
	"maps"
	"slices"
	"strings"

	"joltui/internal/human"
	"joltui/internal/pattern"
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
	// Patterns means that the broker is known to have patterns.
	Patterns bool
	// NoFiles means that no file can be named.
	NoFiles bool
}

// maxSuggestions bounds the suggestions: nobody goes through more.
const maxSuggestions = 100

// Question asks for topics, files and groups. accept is called with the answer, unless it is
// empty.
func Question(c Choices, accept func(Wanted) kit.Intent) kit.Question {
	hint := "topics, @file, +group"
	if c.NoFiles {
		hint = "topics, +group"
	}
	return kit.Question{
		Label: "subscribe to ",
		Hint:  hint,
		Check: func(text string) error {
			_, err := c.parse(text)
			return err
		},
		Accept: func(text string) kit.Intent {
			s, err := c.parse(text)
			if err != nil || len(s.Topics)+len(s.Files) == 0 {
				return nil
			}
			return accept(s)
		},
		Advise:  c.advise,
		Suggest: c.suggest,
	}
}

// parse parses an answer.
func (c Choices) parse(text string) (Wanted, error) {
	s, err := parseTopics(text, c.Groups)
	if err == nil && c.NoFiles && len(s.Files) > 0 {
		return Wanted{}, errors.New("there are no files here; quote a topic that begins with @")
	}
	return s, err
}

// advise says what a broker makes of a topic that looks like a pattern.
func (c Choices) advise(text string) string {
	words, _ := topiclist.Split(text)
	for _, w := range slices.Backward(words) {
		switch {
		case w.Kind != 0 || !pattern.Foreign(w.Text):
		case c.Patterns && pattern.Is(w.Text):
			return w.Text + " is a pattern here: all topics that match"
		case c.Patterns:
			return w.Text + " is a name here; patterns have * for one level, > for all further ones"
		default:
			advice := "exact names only: " + w.Text + " is a name, unless the broker has patterns on"
			if n := len(c.meant(w.Text)); n > 0 && w == words[len(words)-1] {
				advice += "; tab takes " + human.Counted(uint64(n), "topic") + " that match"
			}
			return advice
		}
	}
	return ""
}

// meant returns the known topics that somebody means who writes a pattern.
func (c Choices) meant(foreign string) (topics []string) {
	if c.Topics == nil {
		return nil
	}
	for _, topic := range c.Topics() {
		if pattern.Meant(foreign, topic) && !slices.Contains(topics, topic) && topic != foreign {
			topics = append(topics, topic)
		}
	}
	return topics
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
	if last.Kind == 0 && pattern.Foreign(last.Text) {
		if all := topiclist.Join(c.meant(last.Text), " "); all != "" {
			found = append(found, before+all)
		}
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
