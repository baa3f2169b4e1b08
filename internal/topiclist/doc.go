// Package topiclist reads lists of topics, as they are typed or as they stand in a file:
// words between blanks, commas or line ends. A word is a topic, or @ and a file that lists
// topics, or + and a saved group. A word in quotes is a topic whatever is in it; a
// backslash in it makes the next quote part of the topic.
//
// It may import human and printable. Begin reading with words.go; file.go reads a file.
package topiclist
