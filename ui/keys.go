package ui

import (
	"github.com/charmbracelet/bubbles/key"

	"joltui/ui/views/diff"
	"joltui/ui/views/frame"
	"joltui/ui/views/help"
	"joltui/ui/views/inspect"
	"joltui/ui/views/kit"
	"joltui/ui/views/ledger"
	"joltui/ui/views/palette"
	"joltui/ui/views/profiles"
	"joltui/ui/views/publish"
	"joltui/ui/views/stream"
	"joltui/ui/views/topics"
	"joltui/ui/views/watches"
	"joltui/ui/views/wire"
)

// KeyMap holds every key of the dashboard. The footer and the help are built
// from it and from nothing else, so they always tell the truth. Its table says
// what each is called and where it works.
type KeyMap struct {
	// From anywhere, also while something is typed.
	ForceQuit, Suspend key.Binding

	// Everywhere but where something is typed.
	Quit, Back, Help   key.Binding
	NextPane, PrevPane key.Binding
	Subscribe          key.Binding
	Unsubscribe        key.Binding
	SaveGroup          key.Binding
	Publish            key.Binding
	EditMessage        key.Binding // edit and publish again
	StopRepeat         key.Binding
	Filter             key.Binding
	Pause              key.Binding
	FullScreen         key.Binding
	Record             key.Binding
	Wrap, Times        key.Binding
	Layout, Theme      key.Binding
	Mouse, Palette     key.Binding

	Watches          key.Binding
	Profiles         key.Binding
	Copy, CopyScreen key.Binding

	NarrowTopics, WidenTopics, LowerLog, RaiseLog key.Binding // the splits

	Move        kit.MoveKeys // of all views
	Topics      topics.Keys
	Stream      stream.Keys
	Log         ledger.Keys
	LogDetails  ledger.DetailsKeys
	PublishBox  publish.Keys
	Prompt      kit.PromptKeys
	Confirm     kit.ConfirmKeys
	Replay      frame.ReplayKeys // of a recording, in every region
	Inspector   inspect.Keys
	DiffPage    diff.Keys
	ShowWire    key.Binding
	Wire        wire.Keys
	WatchPage   watches.Keys
	HelpPage    help.Keys
	PalettePage palette.Keys
	ProfilePage profiles.Keys
}

// DefaultKeyMap returns the keys that fingers know from k9s, lazygit and less.
func DefaultKeyMap() KeyMap {
	k := KeyMap{
		ForceQuit: bind("ctrl+c", "quit at once", "ctrl+c"),
		Suspend:   bind("ctrl+z", "suspend", "ctrl+z"),

		Quit:        bind("q", "back, then quit", "q"),
		Back:        bind("esc", "back, stop, clear filter", "esc"),
		Help:        bind("?", "help", "?"),
		NextPane:    bind("tab", "next pane", "tab"),
		PrevPane:    bind("shift+tab", "previous pane", "shift+tab"),
		Subscribe:   bind("s", "subscribe", "s"),
		Unsubscribe: bind("u", "unsubscribe", "u"),
		SaveGroup:   bind("S", "save topics as group", "S"),
		Publish:     bind("p", "publish", "p"),
		EditMessage: bind("e", "edit and resend", "e"),
		StopRepeat:  bind("ctrl+x", "stop repeating", "ctrl+x"),
		Filter:      bind("/", "filter", "/"),
		Pause:       bind("space", "pause", " "),
		FullScreen:  bind("f", "full screen", "f"),
		Record:      bind("r", "record, or stop", "r"),
		Move:        moveKeys(),
		Wrap:        bind("w", "wrap", "w"),
		Times:       bind("t", "times", "t"),
		Watches:     bind("W", "watched fields", "W"),
		Profiles:    bind("C", "profiles", "C"),
		Copy:        bind("y", "copy", "y"),
		CopyScreen:  bind("Y", "copy screen", "Y"),
		Layout:      bind("L", "layout", "L"),
		Theme:       bind("ctrl+t", "theme", "ctrl+t"),
		Palette:     bind(": ctrl+p", "commands", ":", "ctrl+p"),
		Mouse:       bind("m", "mouse", "m"),

		NarrowTopics: bind("<", "narrower topics", "<"),
		WidenTopics:  bind(">", "wider topics", ">"),
		LowerLog:     bind("-", "lower log", "-"),
		RaiseLog:     bind("=", "higher log", "=", "+"),

		Topics: topics.Keys{
			Tile: bind("v", "side by side", "v"),
			Open: bind("enter", "open", "enter"),

			Order:  bind("o", "sort", "o"),
			Tree:   bind("z", "tree", "z"),
			Fold:   bind("h ←", "fold, to the group", "h", "left"),
			Unfold: bind("l →", "unfold", "l", "right"),

			UnsubscribeAll: bind("U", "unsubscribe group, tiles", "U"),
		},
		Stream: stream.Keys{
			Inspect:  bind("enter", "inspect", "enter"),
			Diff:     bind("d", "diff with the one before", "d"),
			NextHit:  bind("n", "next hit", "n"),
			PrevHit:  bind("N", "previous hit", "N"),
			Mode:     bind("x", "hide or dim others", "x"),
			Context:  bind("c", "rows around hits", "c"),
			Mark:     bind("b", "mark", "b"),
			NextMark: bind("'", "next mark", "'"),
			PrevMark: bind("\"", "previous mark", "\""),
		},
		Log: ledger.Keys{
			Details: bind("enter", "details", "enter"),
			Outcome: bind("o", "by outcome", "o"),
			Op:      bind("O", "by operation", "O"),
		},
		LogDetails: ledger.DetailsKeys{
			Prev:  bind("h ←", "previous row", "h", "left"),
			Next:  bind("l →", "next row", "l", "right"),
			Leave: bind("esc", "close", "esc", "q"),
		},
		PublishBox: publish.Keys{
			Send:    bind("enter", "send", "enter", "ctrl+s"),
			NewLine: bind("alt+enter", "new line", "alt+enter"),
			Older:   bind("↑", "older, on the first line", "up"),
			Newer:   bind("↓", "newer, on the last line", "down"),
			Switch:  bind("tab", "topic or payload", "tab", "shift+tab"),
			Leave:   bind("esc", "leave, draft kept", "esc"),

			Search:   bind("ctrl+r", "search history", "ctrl+r"),
			Template: bind("ctrl+t", "template on or off", "ctrl+t"),
			Repeat:   bind("ctrl+x", "repeat, or stop", "ctrl+x"),
			Editor:   bind("ctrl+e", "editor", "ctrl+e"),
			Load:     bind("ctrl+o", "load a file", "ctrl+o"),
			Format:   bind("ctrl+l", "format JSON", "ctrl+l"),
		},
		Prompt: kit.PromptKeys{
			Accept:   bind("enter", "accept", "enter"),
			Cancel:   bind("esc", "cancel", "esc"),
			Complete: bind("tab", "complete", "tab"),
		},
		Confirm: kit.ConfirmKeys{
			Yes: bind("y", "yes", "y"),
			No:  bind("n", "no", "n", "esc"),
		},
		Replay: frame.ReplayKeys{
			Play:     bind(",", "play or stop", ","),
			Step:     bind(".", "next message", "."),
			Slower:   bind("[", "half as fast", "["),
			Faster:   bind("]", "twice as fast", "]"),
			Back:     bind("(", "back 10 s", "("),
			Ahead:    bind(")", "ahead 10 s", ")"),
			FarBack:  bind("{", "back a minute", "{"),
			FarAhead: bind("}", "ahead a minute", "}"),
			GoTo:     bind("@", "go to a time", "@"),
		},
		Inspector: inspect.Keys{
			Prev:    bind("h ←", "previous message", "h", "left"),
			Next:    bind("l →", "next message", "l", "right"),
			Format:  bind("f", "pretty, raw, hex", "f"),
			Fold:    bind("z", "fold", "z"),
			FoldAll: bind("Z", "fold all, or nothing", "Z"),
			Search:  bind("/", "search", "/"),
			NextHit: bind("n", "next hit", "n"),
			PrevHit: bind("N", "previous hit", "N"),
			Copy:    bind("y", "copy the value", "y"),
			Watch:   bind("W", "watch the field", "W"),
			Diff:    bind("d", "diff with the one before", "d"),
			Leave:   bind("esc", "close", "esc", "q"),
		},
		DiffPage: diff.Keys{
			Prev:  bind("h ←", "previous pair", "h", "left"),
			Next:  bind("l →", "next pair", "l", "right"),
			All:   bind("a", "all fields, or changes", "a"),
			Copy:  bind("y", "copy the value", "y"),
			Leave: bind("esc", "close", "esc", "q", "d"),
		},
		ShowWire: bind("i", "lines on the wire", "i"),
		Wire: wire.Keys{
			Inspect:   bind("enter", "whole line", "enter"),
			Filter:    bind("/", "filter lines", "/"),
			Direction: bind("o", "sent or received", "o"),
			Wrap:      bind("w", "wrap lines", "w"),
			Pause:     bind("space", "pause here", " "),
			Copy:      bind("y", "copy the line", "y"),
			Leave:     bind("esc", "close", "esc", "q", "i"),
		},
		PalettePage: palette.Keys{
			Run:      bind("enter", "run", "enter"),
			Complete: bind("tab", "complete", "tab"),
			Up:       bind("↑", "up", "up", "ctrl+p", "shift+tab"),
			Down:     bind("↓", "down", "down", "ctrl+n"),
			Leave:    bind("esc", "close", "esc"),
		},
		HelpPage: help.Keys{
			Search: bind("/", "search", "/"),
			Leave:  bind("esc", "close", "esc", "q"),
		},
		WatchPage: watches.Keys{
			Add:       bind("a", "add a field", "a"),
			Remove:    bind("x", "remove", "x", "delete"),
			Threshold: bind("t", "alert when …", "t"),
			Chart:     bind("enter", "chart alone", "enter"),
			StartOver: bind("c", "count anew", "c"),
			Copy:      bind("y", "copy the last value", "y"),
			Leave:     bind("esc", "close", "esc", "q", "W"),
		},
		ProfilePage: profiles.Keys{
			Use:   bind("enter", "connect", "enter"),
			Test:  bind("t", "test", "t"),
			Add:   bind("a", "add", "a"),
			Edit:  bind("e", "edit the file", "e"),
			Leave: bind("esc", "close", "esc", "q", "C"),
		},
	}
	k.shareMoves()
	return k
}

func moveKeys() kit.MoveKeys {
	return kit.MoveKeys{
		Up:       bind("k ↑", "up", "k", "up"),
		Down:     bind("j ↓", "down", "j", "down"),
		PageUp:   bind("pgup", "page up", "pgup"),
		PageDown: bind("pgdn", "page down", "pgdown"),
		HalfUp:   bind("ctrl+u", "half a page up", "ctrl+u"),
		HalfDown: bind("ctrl+d", "half a page down", "ctrl+d"),
		Top:      bind("g home", "first", "g", "home"),
		Bottom:   bind("G end", "last, and follow", "G", "end"),
	}
}

func bind(name, does string, keys ...string) key.Binding {
	return key.NewBinding(key.WithKeys(keys...), key.WithHelp(name, does))
}
