package web

import (
	"slices"

	"meent/jobs"
	"meent/matching"
	"meent/web/ui"
)

// pictogram is the picture of a kind of work: a group of skills, by its code. Work
// that asks for no skill has the picture of work.
func pictogram(group string) ui.Icon {
	switch group {
	case "cleaning":
		return ui.IconWorkCleaning
	case "green":
		return ui.IconWorkGreen
	case "kitchen":
		return ui.IconWorkKitchen
	case "guests":
		return ui.IconWorkGuests
	case "logistics":
		return ui.IconWorkLogistics
	case "packing":
		return ui.IconWorkPacking
	case "repair":
		return ui.IconWorkRepair
	case "building":
		return ui.IconWorkBuilding
	case "textile":
		return ui.IconWorkTextile
	case "office":
		return ui.IconWorkOffice
	case "digital":
		return ui.IconWorkDigital
	case "care":
		return ui.IconWorkCare
	case "shop":
		return ui.IconWorkShop
	case "animals":
		return ui.IconWorkAnimals
	case "together":
		return ui.IconWorkTogether
	default:
		return ui.IconGig
	}
}

// kindsOf says of which kind each offered gig is.
func (r *request) kindsOf(offers []matching.Offer) (map[jobs.GigID]string, error) {
	gigs := make([]jobs.GigID, len(offers))
	for i, o := range offers {
		gigs[i] = o.Gig
	}
	return r.web.Jobs.Groups(r.Request.Context(), r.actor, gigs)
}

// templatePictogram is that of the template's first skill.
func templatePictogram(t jobs.Template, groups []jobs.SkillGroup) ui.Icon {
	for _, group := range groups {
		for _, skill := range group.Skills {
			if slices.Contains(t.Skills[:min(1, len(t.Skills))], skill.Code) {
				return pictogram(group.Code)
			}
		}
	}
	return ui.IconGig
}
