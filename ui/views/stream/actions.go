package stream

import (
	"joltui/internal/feed"
	"joltui/ui/keys"
	"joltui/ui/views/kit"
)

// Actions returns the actions of a stream.
func Actions() keys.Set[*Pane] {
	place := keys.Region("Messages")
	return keys.Set[*Pane]{
		{Name: "stream.inspect", Where: place, Key: keys.Bind("enter", "inspect", "enter"), Why: (*Pane).noMessage, Opens: keys.Page("One message"), Run: (*Pane).Inspect},
		{Name: "stream.hit.next", Where: place, Key: keys.Bind("n", "next hit", "n"), Why: (*Pane).noneYet, Run: inRows((*Pane).nextHit)},
		{Name: "stream.hit.previous", Where: place, Key: keys.Bind("N", "previous hit", "N"), Why: (*Pane).noneYet, Run: inRows((*Pane).prevHit)},
		{Name: "stream.mode", Where: place, Key: keys.Bind("x", "hide or dim others", "x"), Why: (*Pane).noneYet, Run: keys.Plain((*Pane).nextMode)},
		{Name: "stream.context", Where: place, Key: keys.Bind("c", "rows around hits", "c"), Why: (*Pane).noneYet, Run: keys.Plain((*Pane).nextContext)},
		{Name: "stream.mark", Where: place, Key: keys.Bind("b", "mark", "b"), Why: (*Pane).noneYet, Run: (*Pane).mark},
		{Name: "stream.mark.next", Where: place, Key: keys.Bind("'", "next mark", "'"), Why: (*Pane).noneYet, Run: inRows((*Pane).nextMark)},
		{Name: "stream.mark.previous", Where: place, Key: keys.Bind("\"", "previous mark", "\""), Why: (*Pane).noneYet, Run: inRows((*Pane).prevMark)},
		{Name: "stream.diff", Where: place, Key: keys.Bind("d", "diff with the one before", "d"), Why: (*Pane).noMessage, Opens: keys.Page("Two messages"), Run: (*Pane).diff},
		{Name: "stream.diff.mark", Where: place, Key: keys.Bind("D", "diff with the mark", "D"), Why: (*Pane).noMessage, Opens: keys.Page("Two messages"), Run: (*Pane).diffMark},
	}
}

// noMessage says that there is no message under the cursor.
func (s *Pane) noMessage(f *feed.Feed) string {
	if s.Current(f) == nil {
		return "there is no message here"
	}
	return ""
}

// noneYet says that the stream has no message at all.
func (s *Pane) noneYet(f *feed.Feed) string {
	if s.look(f); s.source.history == nil || s.source.history.Len() == 0 {
		return "no message has come yet"
	}
	return ""
}

// inRows makes an action of goOn, which moves the cursor among the current rows.
func inRows(goOn func(*Pane, feed.Rows)) func(*Pane, *feed.Feed) kit.Intent {
	return func(s *Pane, f *feed.Feed) kit.Intent {
		goOn(s, s.sync(f))
		return nil
	}
}
