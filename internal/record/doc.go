// Package record writes traffic to files and reads it back: to keep what
// happened, to look at it again at any speed, or to publish it again.
//
// # Format
//
// A recording is NDJSON: lines of one JSON object each, in UTF-8. Messages are
//
//	{"time":"2026-01-02T12:01:02.123456789Z","topic":"orders.eu","data":"…"}
//
// with the time at which they were received (RFC 3339, to the nanosecond) and the
// exact payload. A payload that was no JSON string on the wire is its JSON text.
// Every other line has a type after its time:
//
//	{"time":…,"type":"recording","version":1,"started":…,"part":1,"what":"orders.eu"}
//	{"time":…,"type":"state","state":"down","addr":"10.0.0.7:8080","cause":"…","since":…,"retry":…}
//	{"time":…,"type":"gap","from":…,"up_to_s":8.104,"cause":"…"}
//	{"time":…,"type":"missing","messages":1204,"bytes":96320}
//	{"time":…,"type":"end","messages":12034,"bytes":962720}
//
// "recording" is the first line of each file. A recording that outgrows a file
// goes on in another, name.ndjson in name-2.ndjson, with the same "started" and
// the next "part". "state" is a change of the connection; of one that was lost,
// "since" is up to when everything had come. "gap" ends an outage: all that was lost
// was published between "from" and "time", which are "up_to_s" seconds apart.
// "missing" stands where messages were received and left out, because they came
// faster than they could be written. "end" is the last line of a recording that was stopped; one that
// lacks it was interrupted, and its last line may be cut. Nothing else that
// happens on a connection is recorded, and no names or passwords: in a cause, which
// may have the broker's words, *** is in place of what follows "pass".
//
// The version changes when a reader of the old one would get something wrong.
// Types and keys that a reader does not know are to be ignored. A file of
// messages alone is read as well, whatever the order of its keys.
//
// # Map of the package
//
// line.go is the only place that knows the lines; writer.go writes files of them, and
// place.go sees whether they are still where they were made; recorder.go writes
// beside a connection without ever holding it up, and tap.go turns it on and off.
// set.go finds the files that belong together, reader.go reads them in order, index.go
// finds a time in them, and density.go counts them by time in the same reading; player.go plays them at any speed, and cursor.go reads for it.
//
// The package may import jolt, for its events and its codec, and the internal packages below
// it, but not feed.
package record
