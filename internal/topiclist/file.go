package topiclist

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"unicode/utf8"

	"joltui/internal/human"
	"joltui/internal/printable"
)

// The bounds of a file that lists topics.
const (
	maxTopicFile  = 1 << 20 // bytes
	maxFileTopics = 10_000
)

// ReadFile reads the topics that a file lists, one a line and each once. Blank lines and
// those that begin with # are left out. A path may begin with ~. The error explains what
// is wrong, with the line.
func ReadFile(path string) ([]string, error) {
	path = human.Home(path)
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, errors.New("it is not a file") // reading a pipe could block for ever
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return parseFile(f)
}

// parseFile is ReadFile for a file that is open.
func parseFile(r io.Reader) ([]string, error) {
	var topics []string
	seen := make(map[string]bool)
	limited := &io.LimitedReader{R: r, N: maxTopicFile + 1}
	lines := bufio.NewScanner(limited)
	lines.Buffer(nil, maxTopicFile+1)
	for number := 1; lines.Scan(); number++ {
		topic := strings.TrimSpace(strings.TrimPrefix(lines.Text(), "\ufeff"))
		switch {
		case topic == "" || topic[0] == '#' || seen[topic]:
			continue
		case !utf8.ValidString(topic):
			return nil, fmt.Errorf("line %d is not UTF-8 text", number)
		case slices.ContainsFunc([]rune(topic), func(r rune) bool { return r < ' ' }):
			return nil, fmt.Errorf("line %d has a control character: %s", number, printable.Prefix(topic, 40))
		case len(topics) == maxFileTopics:
			return nil, fmt.Errorf("line %d is one topic too many: a file may list %d", number, maxFileTopics)
		}
		seen[topic] = true
		topics = append(topics, topic)
	}
	if err := lines.Err(); err != nil {
		return nil, err
	}
	if limited.N == 0 {
		return nil, fmt.Errorf("it is larger than %d bytes", maxTopicFile)
	}
	if len(topics) == 0 {
		return nil, errors.New("it lists no topics: they are expected one a line")
	}
	return topics, nil
}
