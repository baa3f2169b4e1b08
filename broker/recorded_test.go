package broker

import "testing"

// What published clients put on the wire, as it was recorded, and what a subscriber then
// gets: the payload escaped as it was.
func TestRecordedFrames(t *testing.T) {
	for name, frames := range map[string][]struct{ request, message string }{
		"Python 2.3.1 to 2.4.3": {
			{`{"op": "pub", "topic": "t", "data": "caf\u00e9"}`, `{"topic":"t","data":"caf\u00e9"}`},
			{`{"op": "pub", "topic": "t", "data": "\ud83d\ude00 \u65e5\u672c\u0001\u2028 \"q\" / \n\u007f"}`, `{"topic":"t","data":"\ud83d\ude00 \u65e5\u672c\u0001\u2028 \"q\" / \n\u007f"}`},
			{`{"op": "pub", "topic": "t", "data": "{\"a\": 1, \"b\": \"x\"}"}`, `{"topic":"t","data":"{\"a\": 1, \"b\": \"x\"}"}`},
			{`{"op": "pub", "topic": "caf\u00e9", "data": "a\tb\n"}`, `{"topic":"caf\u00e9","data":"a\tb\n"}`},
			{`{"op": "pub", "topic": "t", "data": ""}`, `{"topic":"t","data":""}`},
			{`{"op": "ping"}`, ""},
		},
		"JavaScript 1.1.9": {
			{`{"op":"pub","topic":"t","data":"café"}`, `{"topic":"t","data":"café"}`},
			{`{"op":"pub","topic":"t","data":"😀 日本\u0001` + "\u2028" + ` \"q\" / \n"}`, `{"topic":"t","data":"😀 日本\u0001` + "\u2028" + ` \"q\" / \n"}`},
			{`{"op":"pub","topic":"t","data":"{\"a\":1}"}`, `{"topic":"t","data":"{\"a\":1}"}`},
			{`{"op":"ping"}`, ""},
		},
		"others, with a tail": {
			{`{"op":"pub","topic":"t","data":"\u00e9","id":7}`, `{"topic":"t","data":"\u00e9"}`},
			{`{"id": "\u00e9", "data": "caf\u00E9\/", "topic": "t", "op": "pub"} `, `{"topic":"t","data":"caf\u00E9\/"}`},
			{"{ \"op\" :\t\"pub\" , \"topic\":\"t\",\"data\":\"\\u00e9\"}\r", `{"topic":"t","data":"\u00e9"}`},
			{`{"\u006fp":"pub","top\u0069c":"t","data":"\u00e9"}`, `{"topic":"t","data":"\u00e9"}`},
			{`{"op":"pub","topic":"t","data":"\u00e9","a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7}`, `{"topic":"t","data":"\u00e9"}`},
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := startBroker(t, Config{})
			subscriber, publisher := r.dial(t), r.dial(t)
			subscriber.ask(`{"op": "sub", "topic": "t"}`, ok)
			subscriber.ask(`{"op": "sub", "topic": "caf\u00e9"}`, ok)
			for _, frame := range frames {
				publisher.ask(frame.request, ok)
				if frame.message != "" {
					subscriber.expect(frame.message)
				}
			}
			subscriber.ask(`{"op": "unsub", "topic": "café"}`, ok)
			// JavaScript sends data of any type as it is: the remedy is in the words.
			publisher.ask(`{"op":"pub","topic":"t","data":{"a":1}}`, failed(`bad_request: \"data\" of pub must be a string: other JSON has to be the text of one`))
		})
	}
}
