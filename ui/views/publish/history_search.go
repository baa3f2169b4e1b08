package publish

import (
	"regexp"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/human"
	"joltui/internal/printable"
	"joltui/ui/views/intent"
	"joltui/ui/views/kit"
)

// historySearch searches the history while the user types, as a shell does: for the newest
// message with the text in its topic or its payload, in any case.
type historySearch struct {
	query    kit.Editor
	messages []intent.Publish
	lower    []string // of each: topic, line feed, payload
	hits     []int    // indexes in messages, newest first
	at       int      // index in hits
}

func newHistorySearch(messages []intent.Publish) *historySearch {
	s := &historySearch{messages: messages}
	for _, m := range messages {
		s.lower = append(s.lower, strings.ToLower(m.Topic+"\n"+m.Data))
	}
	s.find()
	return s
}

// find searches all messages. The message that is shown stays if it has the text; else the
// next older one is shown, or the oldest.
func (s *historySearch) find() {
	was := len(s.messages)
	if at, ok := s.current(); ok {
		was = at
	}
	query := strings.ToLower(s.query.String())
	s.hits, s.at = s.hits[:0], 0
	for i := len(s.messages) - 1; i >= 0; i-- {
		again := len(s.hits) > 0 && s.messages[i] == s.messages[s.hits[len(s.hits)-1]]
		if again || !strings.Contains(s.lower[i], query) {
			continue
		}
		if i > was {
			s.at++
		}
		s.hits = append(s.hits, i)
	}
	s.step(0)
}

// current returns the index of the message that is shown.
func (s *historySearch) current() (at int, ok bool) {
	if len(s.hits) == 0 {
		return 0, false
	}
	return s.hits[s.at], true
}

func (s *historySearch) step(by int) { s.at = min(max(s.at+by, 0), max(len(s.hits)-1, 0)) }

// edit edits the text that is searched for.
func (s *historySearch) edit(press tea.KeyMsg) {
	switch {
	case s.query.Edit(press):
		s.find()
	case kit.IsText(press):
		s.query.Insert(kit.InOneLine(press.Runes))
		s.find()
	}
}

// view draws the text that is searched for, and below it the payload found, from the first
// line with the text on.
func (s *historySearch) view(st *kit.Styles, w, h int, focused bool) []string {
	l := kit.NewLine(w, kit.Paint{}).Space(1).Left(st.Accent, "/", 2)
	for _, span := range s.query.Spans(st, 0, len(s.query.Text), w-4, focused) {
		l.Put(span.Paint, span.Text)
	}
	rows := []string{l.String()}
	at, found := s.current()
	if !found {
		return rows
	}
	hit := s.pattern()
	lines := strings.Split(s.messages[at].Data, "\n")
	from := 0
	for i, line := range lines {
		if hit != nil && hit.MatchString(line) {
			from = max(min(i, len(lines)-h+1), 0)
			break
		}
	}
	for _, line := range lines[from:] {
		if len(rows) == h {
			break
		}
		rows = append(rows, foundLine(st, line, hit, w))
	}
	return rows
}

// pattern returns an expression that finds the text in a line; nil while it is empty.
func (s *historySearch) pattern() *regexp.Regexp {
	if s.query.Bytes == 0 {
		return nil
	}
	return regexp.MustCompile("(?i)" + regexp.QuoteMeta(s.query.String()))
}

// foundLine draws a line of a payload, scrolled sideways so that the first hit shows.
func foundLine(st *kit.Styles, line string, hit *regexp.Regexp, w int) string {
	l := kit.NewLine(w, kit.Paint{}).Space(3)
	room := l.Rest() - kit.RowEdge
	if hit != nil {
		if at := hit.FindStringIndex(line); at != nil && kit.Width(printable.Line(line[:at[1]])) > room {
			l.Put(st.Dim, kit.Ellipsis)
			line = line[at[0]:]
			room--
		}
	}
	text, _ := kit.Cut(printable.Prefix(line, max(room, 0)+1), room)
	var hits [][]int
	if hit != nil {
		hits = kit.WholeClusters(text, hit.FindAllStringIndex(text, -1))
	}
	l.PutHits(st.Text, st.Match, text, 0, hits)
	return l.String()
}

// note says which hit is shown, of how many.
func (s *historySearch) note() string {
	switch {
	case len(s.messages) == 0:
		return "nothing was published yet"
	case len(s.hits) == 0:
		return "not found"
	default:
		return human.Count(uint64(s.at+1)) + " of " + human.Count(uint64(len(s.hits)))
	}
}
