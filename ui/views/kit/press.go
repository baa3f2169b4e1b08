package kit

import "github.com/charmbracelet/bubbles/key"

// Press names the key that does something; nothing if there is no such key.
func Press(k key.Binding, what string) string {
	if !k.Enabled() || k.Help().Key == "" {
		return ""
	}
	return "press " + k.Help().Key + " " + what
}
