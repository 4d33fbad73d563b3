package pg

// Only is the condition that a column is one of a parameter, a list of ids; where all is
// asked it holds for every row, and the parameter is nil. Each statement has one plan
// for ever (Open): one statement for both would read every row also for a few.
func Only(column, parameter string, some bool) string {
	if some {
		return column + ` = ANY (` + parameter + `)`
	}
	return parameter + `::uuid[] IS NULL`
}
