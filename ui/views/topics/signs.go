package topics

// Sign is a sign before a topic, and what it means, for the help.
type Sign struct{ Sign, Means string }

// Signs returns the signs of the list, in the order of their columns.
func Signs() []Sign {
	return []Sign{
		{"▸", "the selected row: its messages are shown"},
		{"+", "messages came since you looked at the topic"},
		{"*", "a message came in this second, where there is no room for a rate"},
		{"●", "subscribed"},
		{"◌", "asked for; the broker has not answered yet"},
		{"✗", "the broker refused; enter says why"},
		{"◎", "comes by a pattern that is subscribed"},
		{"○", "not subscribed: known from messages or earlier"},
		{"⊟", "a group of the tree, unfolded"},
		{"⊞", "a group, folded"},
		{"◫", "side by side"},
	}
}
