package fields

import (
	"encoding/json"
	"strings"
)

// A path is a number: two values with the same one are at the same place of their texts. It
// is a hash of 64 bits, so that the place of each value of a row costs no memory.

// root is the path of the whole text: the offset of FNV-1a, whose prime is below.
const root = 14695981039346656037

const prime = 1099511628211

// PathOf returns the path of the value to which names of fields (strings) and positions in
// arrays (ints, from 0) lead. Without any it is that of the whole text.
func PathOf(steps ...any) uint64 {
	path := uint64(root)
	for _, step := range steps {
		switch step := step.(type) {
		case int:
			path = item(path, uint64(step))
		case string:
			path = hash(path, step)
		}
	}
	return path
}

// child returns the path of a field, by its name as it stands between quotes in JSON.
func child(of uint64, name string) uint64 {
	if strings.IndexByte(name, '\\') < 0 {
		return hash(of, name)
	}
	var plain string
	if json.Unmarshal([]byte(`"`+name+`"`), &plain) != nil {
		plain = name
	}
	return hash(of, plain)
}

// hash goes on with FNV-1a. A byte that no UTF-8 has divides names, so that a.bc is not ab.c.
func hash(of uint64, name string) uint64 {
	of = (of ^ 0xff) * prime
	for i := 0; i < len(name); i++ {
		of = (of ^ uint64(name[i])) * prime
	}
	return of
}

// item returns the path of an item of an array.
func item(of, index uint64) uint64 {
	return ((of^0xfe)*prime ^ index) * prime
}
