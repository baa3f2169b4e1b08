package ui

import (
	"fmt"
	"testing"
)

// TestGoldenKeys shows what keys say that can do nothing here, and what is asked before
// something is lost.
func TestGoldenKeys(t *testing.T) {
	options := Options{Profiles: someProfiles(), Profile: "prod", ProfileColour: "red", TLS: true, Retry: true, Recorder: &fakeRecorder{}}
	for name, keys := range map[string][]string{
		"elsewhere":     {"n"},
		"on a page":     {"W", "r"},
		"why":           {"v"},
		"quit":          {"G", "p", "text:draft", "esc", "q"},
		"switch":        {"C", "enter"},
		"away":          {":", "text:wire.copy", "enter"},
		"losing":        {"G", "v", "k", "v", ":", "text:unsuball", "enter"},
		"as jq":         {"/", `text:.status == "failed"`},
		"put in quotes": {"/", "tab", "text:.status == failed"},
		"help":          {"2", "?"},
	} {
		for _, size := range sizes() {
			t.Run(fmt.Sprintf("%s %dx%d", name, size[0], size[1]), func(t *testing.T) {
				s := watchOrders(t, size[0], size[1], options)
				s.run(s.model.profiling.loadProfiles(""))
				s.press(keys...)
				s.golden()
			})
		}
	}
	for _, size := range sizes() {
		t.Run(fmt.Sprintf("not let in %dx%d", size[0], size[1]), func(t *testing.T) {
			scenes()["login refused"](t, size[0], size[1], options).golden()
		})
	}
}
