package ui

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/feed"
	"joltui/internal/human"
	"joltui/internal/printable"
	"joltui/jolt"
	"joltui/ui/keys"
	"joltui/ui/views/kit"
)

// kept returns what would end, or be lost, with the dashboard, each in a few words. With all
// of it comes what is lost where the dashboard goes on with another connection, too, such as
// the messages.
func (m *Model) kept(all bool) []string {
	var words []string
	each(m.features, func(f keeper) { words = append(words, f.keeps(all)...) })
	return words
}

// ending words what would end, or be lost.
func ending(kept []string) string { return "ended or lost: " + strings.Join(kept, ", ") }

// quit leaves full screen or the topic on its own, else it ends the program. Where something
// would end with it, it says what, and the key ends the program while that is on the screen.
func (m *Model) quit() tea.Cmd {
	if m.unzoom() {
		return nil
	}
	kept := m.kept(false)
	words := m.table.Words("{quit} again quits; ") + ending(kept)
	if len(kept) == 0 || m.saying() == words {
		return tea.Quit
	}
	m.mention(words)
	return nil
}

// askToLeave asks before a command that ends the dashboard, if something would be lost.
func (s *shell) askToLeave(question string, all bool, leave func() tea.Cmd) tea.Cmd {
	kept := s.kept(all)
	if len(kept) == 0 {
		return leave()
	}
	s.confirm.Ask(question+" "+ending(kept), kit.Do(leave))
	return nil
}

// useProfile ends the dashboard; whoever runs it starts another one with the profile.
func (p *profiling) useProfile(name string) tea.Cmd {
	shown := printable.Name(name, 24)
	if name == p.options.Profile && p.feed.Connection().State == jolt.Up {
		p.mention("already connected with " + shown)
		return nil
	}
	return p.askToLeave("connect with "+shown+"?", true, func() tea.Cmd {
		p.switchTo = name
		return tea.Quit
	})
}

// retryAction is the action that tries to connect anew, with the password asked for or read
// again.
func retryAction(s *shell) keys.Action[*profiling] {
	return keys.Action[*profiling]{
		Name: "retry", Group: "Do", Where: keys.Dashboard(), Key: keys.Bind("R", "connect anew", "R"),
		On:  func(p *profiling) bool { return p.options.Player == nil && p.options.Retry },
		Off: s.noMachine("there is no connection here"),
		Why: (*profiling).whyNoRetry, Run: keys.Cmd((*profiling).connectAnew),
	}
}

func (p *profiling) whyNoRetry(f *feed.Feed) string {
	if f.Connection().State == jolt.Up {
		return "it is connected"
	}
	return ""
}

// connectAnew ends the dashboard; whoever runs it starts another one in the same way.
func (p *profiling) connectAnew() tea.Cmd {
	return p.askToLeave("connect anew?", true, func() tea.Cmd {
		p.again = true
		return tea.Quit
	})
}

// keeps names the recording that is being made. It is closed well, but it ends.
func (r *recording) keeps(bool) []string {
	if _, on := r.status(); on {
		return []string{"the recording"}
	}
	return nil
}

// keeps names the repetition that is under way, and the draft.
func (b *publishing) keeps(bool) (words []string) {
	if b.repetition != nil {
		words = append(words, "the repetition")
	}
	if b.publish.Message().Data != "" {
		words = append(words, "the draft")
	}
	return words
}

// keeps names what the streams have, which is lost with the connection.
func (d deskFeature) keeps(all bool) (words []string) {
	if !all {
		return nil
	}
	if n := d.feed.Counters().Held; n > 0 {
		words = append(words, human.Counted(n, "message"))
	}
	if n := len(d.feed.Pins().Of(nil)); n > 0 {
		words = append(words, human.Counted(uint64(n), "mark"))
	}
	if n := len(d.feed.Watches().All()); n > 0 {
		words = append(words, human.Counted(uint64(n), "watched field"))
	}
	return words
}
