package stream

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"iter"
	"unsafe"
)

// version is the first byte of a block.
const version = 1

// errBlock is wrapped by what is wrong with a block.
var errBlock = errors.New("a block of the stream cannot be read")

// Message is one message of a block.
type Message struct {
	Topic string
	Frame []byte // the line that subscribers are sent, with its end
}

// Batch is messages of one publisher, in their order.
type Batch struct {
	Topics   []string
	Messages iter.Seq2[int, int] // the index of the topic and the length of the frame of each
	Count    int                 // of messages
	Frames   []byte              // one after the other
}

// append adds a batch to a block.
func (b Batch) append(block []byte) []byte {
	block = binary.AppendUvarint(block, uint64(len(b.Topics)))
	for _, topic := range b.Topics {
		block = binary.AppendUvarint(block, uint64(len(topic)))
		block = append(block, topic...)
	}
	block = binary.AppendUvarint(block, uint64(b.Count))
	for topic, length := range b.Messages {
		block = binary.AppendUvarint(block, uint64(topic))
		block = binary.AppendUvarint(block, uint64(length))
	}
	return append(block, b.Frames...)
}

// decode adds the messages of a block to those before. They are views of the block,
// which must not change. Nothing in it is trusted: a frame that were more than one line
// could put replies into the connections of clients.
func decode(block []byte, messages []Message) ([]Message, error) {
	d := decoder{rest: block}
	if v := d.byte(); v != version {
		return messages, fmt.Errorf("%w: it is of version %d, this program knows %d", errBlock, v, version)
	}
	for len(d.rest) > 0 && !d.short {
		messages = d.batch(messages)
	}
	if d.short {
		return messages[:0], fmt.Errorf("%w: its lengths are wrong", errBlock)
	}
	return messages, nil
}

// decoder reads from rest. Once that was too short, all it returns is zero.
type decoder struct {
	rest   []byte
	topics []string
	short  bool
}

func (d *decoder) byte() byte {
	if b := d.bytes(1); len(b) == 1 {
		return b[0]
	}
	return 0
}

// number reads a number that is a count or a length of what follows.
func (d *decoder) number() int {
	n, size := binary.Uvarint(d.rest)
	if size <= 0 || n > uint64(len(d.rest)) {
		d.fail()
		return 0
	}
	d.rest = d.rest[size:]
	return int(n)
}

func (d *decoder) bytes(n int) []byte {
	if n > len(d.rest) {
		d.fail()
		return nil
	}
	taken := d.rest[:n:n]
	d.rest = d.rest[n:]
	return taken
}

func (d *decoder) fail() { d.rest, d.short = nil, true }

func (d *decoder) batch(messages []Message) []Message {
	d.topics = d.topics[:0]
	for range d.number() {
		d.topics = append(d.topics, view(d.bytes(d.number())))
	}
	first := len(messages)
	lengths := *d // the frames come after all the lengths
	count := d.number()
	for range count {
		d.number()
		d.number()
	}
	lengths.number()
	for range count {
		topic, length := lengths.number(), lengths.number()
		frame := d.bytes(length)
		if topic >= len(d.topics) || length == 0 || bytes.IndexByte(frame, '\n') != length-1 || d.short {
			d.fail()
			return messages[:first]
		}
		messages = append(messages, Message{d.topics[topic], frame})
	}
	return messages
}

// view is b as a string, without a copy.
func view(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }
