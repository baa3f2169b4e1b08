package suggest

// maxDistance is the largest edit distance at which a name is suggested.
const maxDistance = 2

// Of returns the name with the smallest edit distance from word, the first of several. ok is
// false if none is near enough to be meant.
func Of(word string, names []string) (name string, ok bool) {
	least := maxDistance + 1
	for _, candidate := range names {
		if d := distance(word, candidate); d < least {
			name, least = candidate, d
		}
	}
	return name, least <= maxDistance
}

// distance is the Levenshtein distance in bytes.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
