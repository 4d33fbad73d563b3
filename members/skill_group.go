package members

// SkillGroup is a kind of work, to which skills belong.
type SkillGroup struct {
	Code   string
	NL, EN string
}

// Label is the kind's name in the language.
func (g SkillGroup) Label(l Locale) string {
	if l == English {
		return g.EN
	}
	return g.NL
}

// SkillGroups reads the program's own list of kinds of work.
func SkillGroups() ([]SkillGroup, error) {
	rows, err := readCSV(skillGroupsCSV, 3)
	if err != nil {
		return nil, err
	}
	groups := make([]SkillGroup, len(rows))
	for i, row := range rows {
		groups[i] = SkillGroup{Code: row[0], NL: row[1], EN: row[2]}
	}
	return groups, nil
}
