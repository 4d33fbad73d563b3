package jobs

import (
	"slices"
	"time"
)

// everydayWords are what people call this kind of work and these hours, whatever
// the text says: who types "werk met dieren" or "'s avonds" finds them.
func everydayWords(d Document) (words []string) {
	for _, group := range d.Groups() {
		words = append(words, kindWords(group)...)
	}
	for _, code := range d.SkillCodes() {
		words = append(words, skillWords(code)...)
	}
	for _, when := range d.WeekParts() {
		words = append(append(words, dayWords(when.Day)...), partWords(when.Part)...)
	}
	switch d.Load {
	case Light:
		words = append(words, "licht", "light")
	case Heavy:
		words = append(words, "zwaar", "heavy")
	}
	if d.Remote {
		words = append(words, "thuis", "thuiswerk", "home", "remote")
	}
	return words
}

// lastParts are the words that people end long ones with: each gig is found by
// "tuinwerk", and one that asks to help by "computerhulp".
func lastParts(own []string) []string {
	if slices.ContainsFunc(own, func(word string) bool { return word == "helpen" || word == "helpt" || word == "help" }) {
		return []string{"werk", "hulp"}
	}
	return []string{"werk"}
}

// kindWords are for the code of a group of skills.
func kindWords(group string) []string {
	switch group {
	case "cleaning":
		return []string{"schoonmaak", "schoonmaken", "schoonmaker", "poetsen", "cleaning"}
	case "green":
		return []string{"groen", "planten"}
	case "kitchen":
		return []string{"keuken", "eten", "kitchen", "food"}
	case "guests":
		return []string{"gasten", "horeca", "evenement", "guests", "event"}
	case "logistics":
		return []string{"magazijn", "vervoer", "warehouse", "transport"}
	case "packing":
		return []string{"inpakken", "packing"}
	case "repair":
		return []string{"repareren", "reparatie", "repair"}
	case "building":
		return []string{"klussen", "klus", "bouw"}
	case "textile":
		return []string{"textiel", "kleding", "handwerk", "textile", "clothes"}
	case "office":
		return []string{"kantoor", "administratie", "office"}
	case "digital":
		return []string{"computer", "digitaal", "digital"}
	case "care":
		return []string{"mensen", "zorg", "people", "care"}
	case "shop":
		return []string{"winkel", "shop"}
	case "animals":
		return []string{"dieren", "dier", "beesten", "animals"}
	}
	return nil
}

// skillWords are for the code of a skill: what is done in a garden or outside.
func skillWords(code string) []string {
	switch code {
	case "weeding", "lawn-mowing", "hedge-trimming", "pruning", "planting", "leaf-raking":
		return []string{"tuin", "tuinieren", "tuinman", "hovenier", "garden", "gardening", "buiten", "outside"}
	case "harvesting", "path-sweeping", "tree-care", "composting", "litter-picking", "dog-walking", "walking-together", "tiling-paving", "fence-repair", "mail-delivery":
		return []string{"buiten", "outside"}
	}
	return nil
}

func dayWords(day time.Weekday) []string {
	switch day {
	case time.Monday:
		return []string{"maandag", "monday"}
	case time.Tuesday:
		return []string{"dinsdag", "tuesday"}
	case time.Wednesday:
		return []string{"woensdag", "wednesday"}
	case time.Thursday:
		return []string{"donderdag", "thursday"}
	case time.Friday:
		return []string{"vrijdag", "friday"}
	case time.Saturday:
		return []string{"zaterdag", "weekend", "saturday"}
	default:
		return []string{"zondag", "weekend", "sunday"}
	}
}

func partWords(part DayPart) []string {
	switch part {
	case Morning:
		return []string{"ochtend", "ochtends", "morgens", "sochtends", "smorgens", "morning"}
	case Afternoon:
		return []string{"middag", "middags", "smiddags", "afternoon"}
	case Evening:
		return []string{"avond", "avonds", "savonds", "evening"}
	default:
		return []string{"nacht", "nachts", "snachts", "night"}
	}
}
