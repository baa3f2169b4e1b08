package ui

// nearest is the name that takes the fewest edits to become, the first of equals.
func nearest(text string, names []string) string {
	best, least := "", -1
	for _, name := range names {
		if d := distance([]rune(text), []rune(name)); least < 0 || d < least {
			best, least = name, d
		}
	}
	return best
}

// distance is how many characters have to be added, removed or replaced to make
// b of a.
func distance(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, r := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j, s := range b {
			replaced := diagonal
			if r != s {
				replaced++
			}
			diagonal = row[j+1]
			row[j+1] = min(replaced, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
