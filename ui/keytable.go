package ui

import (
	"strings"

	"github.com/charmbracelet/bubbles/key"

	"joltui/ui/views/help"
	"joltui/ui/views/kit"
)

// scope is where a key works.
type scope uint8

// The scopes. No two actions of a scope share a key, and none has one of those
// that work always. Those of the dashboard also work in its regions.
const (
	scopeAlways   scope = iota
	scopeAnywhere       // but where something is typed
	scopeDashboard
	scopeTopics
	scopeStream
	scopeLog
	scopePublish
	scopePrompt
	scopeConfirm
	scopeInspector
	scopeWire
	scopeLogDetails
	scopeDiff
	scopeHelp
	scopeWatch
	scopePalette
	scopeProfiles
	scopeEnd // of the scopes
)

// region reports whether s is a region of the dashboard.
func (s scope) region() bool { return s == scopeTopics || s == scopeStream || s == scopeLog }

// typing reports whether characters are text there.
func (s scope) typing() bool { return s == scopePublish || s == scopePrompt || s == scopePalette }

// modal reports whether nothing but the keys of the scope works there.
func (s scope) modal() bool { return s.typing() || s == scopeConfirm }

// action is something that the user can do with a key.
type action struct {
	name  string // for the configuration; never changes
	group string // heading in the help
	scope scope
	key   *key.Binding // of the KeyMap that lists it
}

// worksIn reports whether the key of a can be pressed in a scope. All move keys
// are the same ones.
func (a action) worksIn(s scope) bool {
	switch {
	case a.scope == s, a.scope == scopeAlways:
		return true
	case a.scope == scopeAnywhere, a.moves():
		return !s.modal() && s != scopeAlways
	default:
		return a.scope == scopeDashboard && s.region()
	}
}

// moves reports whether a is an action of [views.MoveKeys].
func (a action) moves() bool { return a.group == "Move" }

// where names the place where the key of a works. A page is called as its group.
func (a action) where() string {
	switch {
	case a.scope == scopeAlways:
		return "always"
	case a.scope == scopeAnywhere, a.moves():
		return "anywhere"
	case a.scope == scopeDashboard:
		return "dashboard"
	default:
		return strings.ToLower(a.group)
	}
}

// whileTyping reports whether a works where characters are text.
func (a action) whileTyping() bool { return a.scope == scopeAlways || a.scope.typing() }

// table lists every action. The help is made from it, in this order.
func (k *KeyMap) table() []action {
	move, box := &k.Move, &k.PublishBox
	return []action{
		{"subscribe", "Do", scopeDashboard, &k.Subscribe},
		{"unsubscribe", "Do", scopeDashboard, &k.Unsubscribe},
		{"group.save", "Do", scopeDashboard, &k.SaveGroup},
		{"publish", "Do", scopeDashboard, &k.Publish},
		{"message.edit", "Do", scopeDashboard, &k.EditMessage},
		{"repeat.stop", "Do", scopeDashboard, &k.StopRepeat},
		{"filter", "Do", scopeDashboard, &k.Filter},
		{"pause", "Do", scopeDashboard, &k.Pause},
		{"palette", "Do", scopeAnywhere, &k.Palette},
		{"copy", "Do", scopeDashboard, &k.Copy},
		{"copy.screen", "Do", scopeAnywhere, &k.CopyScreen},

		{"record", "Do", scopeDashboard, &k.Record},
		{"profile", "Do", scopeDashboard, &k.Profiles},

		{"replay.play", "Recording", scopeDashboard, &k.Replay.Play},
		{"replay.step", "Recording", scopeDashboard, &k.Replay.Step},
		{"replay.slower", "Recording", scopeDashboard, &k.Replay.Slower},
		{"replay.faster", "Recording", scopeDashboard, &k.Replay.Faster},
		{"replay.back", "Recording", scopeDashboard, &k.Replay.Back},
		{"replay.ahead", "Recording", scopeDashboard, &k.Replay.Ahead},
		{"replay.farback", "Recording", scopeDashboard, &k.Replay.FarBack},
		{"replay.farahead", "Recording", scopeDashboard, &k.Replay.FarAhead},
		{"replay.goto", "Recording", scopeDashboard, &k.Replay.GoTo},

		{"fullscreen", "Look", scopeDashboard, &k.FullScreen},
		{"wrap", "Look", scopeDashboard, &k.Wrap},
		{"times", "Look", scopeDashboard, &k.Times},
		{"wire", "Look", scopeDashboard, &k.ShowWire},
		{"watches", "Look", scopeDashboard, &k.Watches},
		{"layout", "Look", scopeDashboard, &k.Layout},
		{"theme", "Look", scopeAnywhere, &k.Theme},
		{"mouse", "Look", scopeAnywhere, &k.Mouse},
		{"split.topics.narrower", "Look", scopeDashboard, &k.NarrowTopics},
		{"split.topics.wider", "Look", scopeDashboard, &k.WidenTopics},
		{"split.log.lower", "Look", scopeDashboard, &k.LowerLog},
		{"split.log.higher", "Look", scopeDashboard, &k.RaiseLog},
		{"pane.next", "Look", scopeDashboard, &k.NextPane},
		{"pane.previous", "Look", scopeDashboard, &k.PrevPane},

		{"back", "Leave", scopeDashboard, &k.Back},
		{"quit", "Leave", scopeDashboard, &k.Quit},
		{"quit.now", "Leave", scopeAlways, &k.ForceQuit},
		{"suspend", "Leave", scopeAlways, &k.Suspend},
		{"help", "Leave", scopeAnywhere, &k.Help},

		{"move.up", "Move", scopeDashboard, &move.Up},
		{"move.down", "Move", scopeDashboard, &move.Down},
		{"move.pageup", "Move", scopeDashboard, &move.PageUp},
		{"move.pagedown", "Move", scopeDashboard, &move.PageDown},
		{"move.halfup", "Move", scopeDashboard, &move.HalfUp},
		{"move.halfdown", "Move", scopeDashboard, &move.HalfDown},
		{"move.top", "Move", scopeDashboard, &move.Top},
		{"move.bottom", "Move", scopeDashboard, &move.Bottom},

		{"topics.open", "Topics", scopeTopics, &k.Topics.Open},
		{"topics.tile", "Topics", scopeTopics, &k.Topics.Tile},
		{"topics.sort", "Topics", scopeTopics, &k.Topics.Order},
		{"topics.tree", "Topics", scopeTopics, &k.Topics.Tree},
		{"topics.fold", "Topics", scopeTopics, &k.Topics.Fold},
		{"topics.unfold", "Topics", scopeTopics, &k.Topics.Unfold},
		{"topics.unsubscribeall", "Topics", scopeTopics, &k.Topics.UnsubscribeAll},

		{"stream.inspect", "Messages", scopeStream, &k.Stream.Inspect},
		{"stream.hit.next", "Messages", scopeStream, &k.Stream.NextHit},
		{"stream.hit.previous", "Messages", scopeStream, &k.Stream.PrevHit},
		{"stream.mode", "Messages", scopeStream, &k.Stream.Mode},
		{"stream.context", "Messages", scopeStream, &k.Stream.Context},
		{"stream.mark", "Messages", scopeStream, &k.Stream.Mark},
		{"stream.mark.next", "Messages", scopeStream, &k.Stream.NextMark},
		{"stream.mark.previous", "Messages", scopeStream, &k.Stream.PrevMark},
		{"stream.diff", "Messages", scopeStream, &k.Stream.Diff},

		{"inspector.previous", "One message", scopeInspector, &k.Inspector.Prev},
		{"inspector.next", "One message", scopeInspector, &k.Inspector.Next},
		{"inspector.format", "One message", scopeInspector, &k.Inspector.Format},
		{"inspector.fold", "One message", scopeInspector, &k.Inspector.Fold},
		{"inspector.foldall", "One message", scopeInspector, &k.Inspector.FoldAll},
		{"inspector.search", "One message", scopeInspector, &k.Inspector.Search},
		{"inspector.hit.next", "One message", scopeInspector, &k.Inspector.NextHit},
		{"inspector.hit.previous", "One message", scopeInspector, &k.Inspector.PrevHit},
		{"inspector.copy", "One message", scopeInspector, &k.Inspector.Copy},
		{"inspector.watch", "One message", scopeInspector, &k.Inspector.Watch},
		{"inspector.diff", "One message", scopeInspector, &k.Inspector.Diff},
		{"inspector.leave", "One message", scopeInspector, &k.Inspector.Leave},

		{"wire.inspect", "Wire", scopeWire, &k.Wire.Inspect},
		{"wire.filter", "Wire", scopeWire, &k.Wire.Filter},
		{"wire.direction", "Wire", scopeWire, &k.Wire.Direction},
		{"wire.wrap", "Wire", scopeWire, &k.Wire.Wrap},
		{"wire.pause", "Wire", scopeWire, &k.Wire.Pause},
		{"wire.copy", "Wire", scopeWire, &k.Wire.Copy},
		{"wire.leave", "Wire", scopeWire, &k.Wire.Leave},

		{"log.details", "Log", scopeLog, &k.Log.Details},
		{"log.outcome", "Log", scopeLog, &k.Log.Outcome},
		{"log.op", "Log", scopeLog, &k.Log.Op},

		{"details.previous", "Details of a row", scopeLogDetails, &k.LogDetails.Prev},
		{"details.next", "Details of a row", scopeLogDetails, &k.LogDetails.Next},
		{"details.leave", "Details of a row", scopeLogDetails, &k.LogDetails.Leave},

		{"diff.previous", "Two messages", scopeDiff, &k.DiffPage.Prev},
		{"diff.next", "Two messages", scopeDiff, &k.DiffPage.Next},
		{"diff.all", "Two messages", scopeDiff, &k.DiffPage.All},
		{"diff.copy", "Two messages", scopeDiff, &k.DiffPage.Copy},
		{"diff.leave", "Two messages", scopeDiff, &k.DiffPage.Leave},

		{"watch.add", "Watched fields", scopeWatch, &k.WatchPage.Add},
		{"watch.threshold", "Watched fields", scopeWatch, &k.WatchPage.Threshold},
		{"watch.remove", "Watched fields", scopeWatch, &k.WatchPage.Remove},
		{"watch.chart", "Watched fields", scopeWatch, &k.WatchPage.Chart},
		{"watch.anew", "Watched fields", scopeWatch, &k.WatchPage.StartOver},
		{"watch.copy", "Watched fields", scopeWatch, &k.WatchPage.Copy},
		{"watch.leave", "Watched fields", scopeWatch, &k.WatchPage.Leave},

		{"profiles.use", "Profiles", scopeProfiles, &k.ProfilePage.Use},
		{"profiles.test", "Profiles", scopeProfiles, &k.ProfilePage.Test},
		{"profiles.add", "Profiles", scopeProfiles, &k.ProfilePage.Add},
		{"profiles.edit", "Profiles", scopeProfiles, &k.ProfilePage.Edit},
		{"profiles.leave", "Profiles", scopeProfiles, &k.ProfilePage.Leave},

		{"publish.send", "Publish box", scopePublish, &box.Send},
		{"publish.newline", "Publish box", scopePublish, &box.NewLine},
		{"publish.older", "Publish box", scopePublish, &box.Older},
		{"publish.newer", "Publish box", scopePublish, &box.Newer},
		{"publish.switch", "Publish box", scopePublish, &box.Switch},
		{"publish.search", "Publish box", scopePublish, &box.Search},
		{"publish.editor", "Publish box", scopePublish, &box.Editor},
		{"publish.load", "Publish box", scopePublish, &box.Load},
		{"publish.format", "Publish box", scopePublish, &box.Format},
		{"publish.template", "Publish box", scopePublish, &box.Template},
		{"publish.repeat", "Publish box", scopePublish, &box.Repeat},
		{"publish.leave", "Publish box", scopePublish, &box.Leave},

		{"prompt.accept", "Prompt", scopePrompt, &k.Prompt.Accept},
		{"prompt.cancel", "Prompt", scopePrompt, &k.Prompt.Cancel},
		{"prompt.complete", "Prompt", scopePrompt, &k.Prompt.Complete},

		{"confirm.yes", "Question", scopeConfirm, &k.Confirm.Yes},
		{"confirm.no", "Question", scopeConfirm, &k.Confirm.No},

		{"help.search", "Help", scopeHelp, &k.HelpPage.Search},
		{"help.leave", "Help", scopeHelp, &k.HelpPage.Leave},

		{"palette.run", "Commands", scopePalette, &k.PalettePage.Run},
		{"palette.complete", "Commands", scopePalette, &k.PalettePage.Complete},
		{"palette.up", "Commands", scopePalette, &k.PalettePage.Up},
		{"palette.down", "Commands", scopePalette, &k.PalettePage.Down},
		{"palette.leave", "Commands", scopePalette, &k.PalettePage.Leave},
	}
}

// enable turns off what a dashboard with these options has no use for. Keys that
// are off do nothing, and are not shown.
func (k *KeyMap) enable(o Options) {
	k.Record.SetEnabled(o.Recorder != nil)
	k.ShowWire.SetEnabled(o.Player == nil) // a recording went over no connection of ours
	k.Profiles.SetEnabled(o.Profiles != nil)
	for _, a := range k.table() {
		switch a.group {
		case "Recording":
			a.key.SetEnabled(o.Player != nil)
		case "Profiles":
			a.key.SetEnabled(o.Profiles != nil)
		}
	}
}

// groups arranges all keys that are on for the help.
func (k *KeyMap) groups() []help.Group {
	var groups []help.Group
	for _, a := range k.table() {
		if !a.key.Enabled() {
			continue
		}
		if len(groups) == 0 || groups[len(groups)-1].Title != a.group {
			groups = append(groups, help.Group{Title: a.group, Where: a.where()})
		}
		last := &groups[len(groups)-1]
		help := help.Key{Key: a.key.Help().Key, Does: a.key.Help().Desc}
		if a.where() != last.Where {
			help.Where = a.where()
		}
		last.Keys = append(last.Keys, help)
	}
	return groups
}

// shareMoves gives the views the keys that all of them move with, and those that
// mean the same in several of them.
func (k *KeyMap) shareMoves() {
	for _, move := range []*kit.MoveKeys{
		&k.Topics.Move, &k.Stream.Move, &k.Log.Move, &k.LogDetails.Move, &k.Inspector.Move, &k.HelpPage.Move,
		&k.WatchPage.Move, &k.Wire.Move,
		&k.DiffPage.Move, &k.ProfilePage.Move,
	} {
		*move = k.Move
	}
	k.PublishBox.Ask = k.Prompt
	k.Inspector.Edit = k.EditMessage
}

// hints are the keys that advice in the views names.
func (k *KeyMap) hints() kit.HintKeys {
	return kit.HintKeys{Subscribe: k.Subscribe, Unsubscribe: k.Unsubscribe}
}
