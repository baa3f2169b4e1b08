package jolt

import "testing"

// Of a line that cannot be read only an object with a topic and data of its own was
// surely no reply.
func TestIsMessage(t *testing.T) {
	for line, want := range map[string]bool{
		`{"topic":"a","data":`:                      true,
		` { "data" : [1,{"x":"}"}] , "topic":"a`:    true,
		`{"id":"\",","topic":"a","data":tru}`:       true,
		"{\"topic\":\"\xff\t\",\"data\":\"\x00\"}x": true,

		``:                         false,
		`{"ok":tru`:                false,
		`{"topic":"a"`:             false,
		`{"data":"a"`:              false,
		`{"topic":7,"data":"a"}x`:  false,
		`{"topic":"a","dat`:        false,
		`{"topic":"a","data"`:      false,
		`{"topic":"a" "data":"b"}`: false,
		`{"x":{"topic":"a","data":"b"},"ok":tru}`:                          false,
		`{"ok":false,"error":"\"},\"topic\":\"a\",\"data\":\"b\"` + "\x00": false,
		`["topic","data"]`:          false,
		`x{"topic":"a","data":"b"}`: false,
		`{"Topic":"a","data":"b"`:   false,
		`{"topic":"a"},"data":"b"`:  false,
	} {
		if got := isMessage(line); got != want {
			t.Errorf("isMessage(%q) = %v", line, got)
		}
	}
}
