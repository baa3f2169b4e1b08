package views

import "github.com/charmbracelet/bubbles/key"

// press names the key that does something; nothing if there is no such key.
func press(k key.Binding, what string) string {
	if !k.Enabled() || k.Help().Key == "" {
		return ""
	}
	return "press " + k.Help().Key + " " + what
}
