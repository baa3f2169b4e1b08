package ui

import (
	"github.com/charmbracelet/bubbles/key"

	"joltui/ui/views"
)

// scope is where a key works.
type scope uint8

// The scopes. No two actions of a scope share a key, and none has one of those
// that work always. Those of the dashboard also work in its regions.
const (
	scopeAlways scope = iota
	scopeDashboard
	scopeTopics
	scopeStream
	scopeLog
	scopePublish
	scopePrompt
	scopeConfirm
	scopeInspector
	scopeDiff
	scopeHelp
	scopeWatch
)

// action is something that the user can do with a key.
type action struct {
	name  string // for the configuration; never changes
	group string // heading in the help
	scope scope
	key   *key.Binding // of the KeyMap that lists it
}

// table lists every action. The help is made from it, in this order.
func (k *KeyMap) table() []action {
	move, box := &k.Move, &k.PublishBox
	return []action{
		{"subscribe", "Do", scopeDashboard, &k.Subscribe},
		{"unsubscribe", "Do", scopeDashboard, &k.Unsubscribe},
		{"publish", "Do", scopeDashboard, &k.Publish},
		{"message.edit", "Do", scopeDashboard, &k.EditMessage},
		{"repeat.stop", "Do", scopeDashboard, &k.StopRepeat},
		{"filter", "Do", scopeDashboard, &k.Filter},
		{"pause", "Do", scopeDashboard, &k.Pause},
		{"copy", "Do", scopeDashboard, &k.Copy},
		{"copy.screen", "Do", scopeDashboard, &k.CopyScreen},

		{"fullscreen", "Look", scopeDashboard, &k.FullScreen},
		{"wrap", "Look", scopeDashboard, &k.Wrap},
		{"times", "Look", scopeDashboard, &k.Times},
		{"watches", "Look", scopeDashboard, &k.Watches},
		{"pane.next", "Look", scopeDashboard, &k.NextPane},
		{"pane.previous", "Look", scopeDashboard, &k.PrevPane},

		{"back", "Leave", scopeDashboard, &k.Back},
		{"quit", "Leave", scopeDashboard, &k.Quit},
		{"quit.now", "Leave", scopeAlways, &k.ForceQuit},
		{"suspend", "Leave", scopeAlways, &k.Suspend},
		{"help", "Leave", scopeDashboard, &k.Help},

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

		{"stream.inspect", "Messages", scopeStream, &k.Stream.Inspect},
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

		{"help.leave", "Help", scopeHelp, &k.HelpPage.Leave},
	}
}

// groups arranges all keys for the help.
func (k *KeyMap) groups() []views.HelpGroup {
	var groups []views.HelpGroup
	for _, a := range k.table() {
		if len(groups) == 0 || groups[len(groups)-1].Title != a.group {
			groups = append(groups, views.HelpGroup{Title: a.group})
		}
		last := &groups[len(groups)-1]
		last.Keys = append(last.Keys, *a.key)
	}
	return groups
}

// shareMoves gives the views the keys that all of them move with, and those that
// mean the same in several of them.
func (k *KeyMap) shareMoves() {
	for _, move := range []*views.MoveKeys{
		&k.Topics.Move, &k.Stream.Move, &k.Log, &k.Inspector.Move, &k.DiffPage.Move, &k.HelpPage.Move,
		&k.WatchPage.Move,
	} {
		*move = k.Move
	}
	k.PublishBox.Ask = k.Prompt
	k.Inspector.Edit = k.EditMessage
}

// hints are the keys that advice in the views names.
func (k *KeyMap) hints() views.HintKeys {
	return views.HintKeys{Subscribe: k.Subscribe, Unsubscribe: k.Unsubscribe}
}
