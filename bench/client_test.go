package main

import (
	"errors"
	"strings"
	"testing"

	"joltui/jolt"
)

func TestOutcomes(t *testing.T) {
	reply := func(ref uint64, err error) *jolt.Reply {
		return &jolt.Reply{Request: jolt.Request{Ref: ref}, Err: err}
	}
	for name, test := range map[string]struct {
		replies []*jolt.Reply
		want    string
		all     bool
	}{
		"right":   {[]*jolt.Reply{reply(0, nil), reply(1, nil), reply(2, nil)}, "", true},
		"lost":    {[]*jolt.Reply{reply(0, nil), reply(1, nil)}, "", false},
		"refused": {[]*jolt.Reply{reply(0, nil), reply(1, errors.New("refused"))}, "refused", false},
		"swapped": {[]*jolt.Reply{reply(0, nil), reply(2, nil), reply(1, nil)}, "request 2 came when it was the turn of request 1", true},
		"doubled": {[]*jolt.Reply{reply(0, nil), reply(0, nil)}, "request 0 came when it was the turn of request 1", false},
	} {
		var failure string
		o := outcomes{left: 3, all: make(chan struct{}), fail: func(err error) {
			if failure == "" {
				failure = err.Error()
			}
		}}
		for _, r := range test.replies {
			o.add(r)
		}
		all := false
		select {
		case <-o.all:
			all = true
		default:
		}
		if all != test.all || !strings.Contains(failure, test.want) || test.want == "" && failure != "" {
			t.Errorf("%s: all %v, %q", name, all, failure)
		}
	}
}
