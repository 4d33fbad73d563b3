package jobs

import "strconv"

// add counts the gig under each facet of which alone it may miss something.
func (f FacetCounts) add(c candidate, w wanted, m misses) {
	under := func(but misses) bool { return m&^but == 0 }
	if under(missesGroup) {
		f.addEach(GroupFacet, c.Groups()...)
	}
	if under(missesLoad) {
		f.addEach(LoadFacet, string(c.Load))
	}
	if under(missesWhen) {
		f.addSlots(DayFacet, c, w.days)
		f.addSlots(PartFacet, c, w.parts)
	}
	if under(missesPay) {
		for _, least := range c.PayBands() {
			f.addEach(PayFacet, strconv.FormatInt(int64(least), 10))
		}
	}
	if under(missesSupport) && c.SupportOnSite {
		f.addEach(SupportFacet, yes)
	}
	if under(missesOthers) && c.WithOthers {
		f.addEach(OthersFacet, yes)
	}
	if under(0) && c.Remote {
		f.addEach(RemoteFacet, yes)
	}
	if under(missesNear) && !c.Remote {
		f.addEach(PlaceFacet, c.PlaceCode)
	}
}

const yes = "true" // of the facets that are or are not

// addSlots counts the values that have one of the gig's slots.
func (f FacetCounts) addSlots(of Facet, c candidate, values map[string]slots) {
	for value, slots := range values {
		if c.slots&slots != 0 {
			f.addEach(of, value)
		}
	}
}

func (f FacetCounts) addEach(of Facet, values ...string) {
	for _, value := range values {
		if f[of] == nil {
			f[of] = map[string]int{}
		}
		f[of][value]++
	}
}

// less takes away what is counted in other.
func (f FacetCounts) less(other FacetCounts) {
	for facet, values := range other {
		for value, n := range values {
			if f[facet][value] -= n; f[facet][value] <= 0 {
				delete(f[facet], value)
			}
		}
	}
}
