package matching

import "meent/internal/retention"

// Datum is something about a member of which rules or points are made.
type Datum string

// The data. What is in none of them never enters.
const (
	MembershipDatum  Datum = "membership"   // whether they work here, or may begin
	SkillsDatum      Datum = "skills"       // what they can, and how well
	GoalsDatum       Datum = "goals"        // what they want to learn
	PlaceDatum       Datum = "place"        // where they live: the place, not the house
	ReachDatum       Datum = "reach"        // how far they want to go
	WeekDatum        Datum = "week"         // when they can work
	BookedDatum      Datum = "booked"       // agreed work: when it is, and its pay
	WorkedDatum      Datum = "worked"       // for whom they worked
	WaitingDatum     Datum = "waiting"      // offers that wait for them
	PaceDatum        Datum = "pace"         // how many of those they want
	RestrictedDatum  Datum = "restricted"   // a person decided that they take nothing new
	BlockedDatum     Datum = "blocked"      // for which clients they do not want to work
	RefusedDatum     Datum = "refused"      // which clients would rather have somebody else
	CertificateDatum Datum = "certificate"  // whether they have a VOG
	StepDatum        Datum = "step"         // of the ladder of work
	TrialsDatum      Datum = "trials"       // where they were on trial
	RailsDatum       Datum = "rails"        // what they and their coach agreed
	PassedDatum      Datum = "passed_on"    // the coach passed an offer on
	BearsDatum       Datum = "bears"        // how heavy work may be
	SupportDatum     Datum = "support"      // which help they want
	MustsDatum       Datum = "musts"        // what work must be like
	DutchDatum       Datum = "dutch"        // how much Dutch they speak
	RoomDatum        Datum = "room"         // how much they want to earn in a month
	MostDatum        Datum = "hours_most"   // how much work they want at the most
	WantedDatum      Datum = "hours_wanted" // how much work they want
	RestDaysDatum    Datum = "rest_days"    // how many days between
)

// Class says what sort of data a column holds, as the inventory of all columns does.
type Class string

// The classes of what enters matching. There are more: nothing sealed or secret does.
const (
	IdentifierClass Class = "identifier"
	PersonalClass   Class = "personal"
	SensitiveClass  Class = "sensitive" // health, absence, decisions, money and help that somebody needs
	MoneyClass      Class = "money"
)

// Column is where a datum stands. It is kept by rules of retention, or with the member.
type Column struct {
	Name  string // schema.table.column
	Class Class
	Kept  []retention.Name
}

// Source is a datum and its columns.
type Source struct {
	Datum   Datum
	Columns []Column
}

// Sensitive reports whether any of it is.
func (s Source) Sensitive() bool {
	for _, c := range s.Columns {
		if c.Class == SensitiveClass {
			return true
		}
	}
	return false
}

// Kept lists the rules of retention that hold for it; none: as long as the member is here.
func (s Source) Kept() (rules []retention.Name) {
	seen := map[retention.Name]bool{}
	for _, c := range s.Columns {
		for _, rule := range c.Kept {
			if !seen[rule] {
				seen[rule] = true
				rules = append(rules, rule)
			}
		}
	}
	return rules
}

// Sources is the table of all data that enter matching, and where they stand: what is
// published of it, and what the inventory of columns is held against.
func Sources() []Source {
	work := []retention.Name{retention.Work, retention.Absences}
	withMember := func(class Class, names ...string) []Column { return columnsOf(class, nil, names...) }
	return []Source{
		{MembershipDatum, withMember(PersonalClass, "members.member.state")},
		{SkillsDatum, withMember(PersonalClass, "members.member_skill.skill_code", "members.member_skill.level")},
		{GoalsDatum, withMember(PersonalClass, "members.member_goal.skill_code")},
		{PlaceDatum, withMember(PersonalClass, "members.member.place_code")},
		{ReachDatum, withMember(PersonalClass, "members.member.reach_m")},
		{WeekDatum, append(withMember(PersonalClass, "members.member_profile.week"),
			columnsOf(PersonalClass, []retention.Name{retention.Days}, "members.member_day.day", "members.member_day.off", "members.member_day.extra")...)},
		{BookedDatum, append(columnsOf(PersonalClass, work, "jobs.engagement.starts_at", "jobs.engagement.ends_at", "jobs.engagement.stopped_at", "jobs.engagement.called_off_at"),
			append(columnsOf(SensitiveClass, work, "jobs.engagement.state"), columnsOf(MoneyClass, work, "jobs.engagement.rate_cents")...)...)},
		{WorkedDatum, append(columnsOf(SensitiveClass, work, "jobs.engagement.state"), columnsOf(PersonalClass, work, "jobs.engagement.called_off_at")...)},
		{WaitingDatum, columnsOf(PersonalClass, []retention.Name{retention.Offers}, "matching.offer.state", "matching.offer.until")},
		{PaceDatum, withMember(PersonalClass, "members.member_profile.most_offers")},
		{RestrictedDatum, append(columnsOf(IdentifierClass, []retention.Name{retention.Restrictions}, "members.restriction.person_id"),
			columnsOf(SensitiveClass, []retention.Name{retention.Restrictions}, "members.restriction.lifted_at")...)},
		{BlockedDatum, withMember(IdentifierClass, "members.client_block.client_id")},
		{RefusedDatum, append(columnsOf(IdentifierClass, []retention.Name{retention.Restrictions}, "members.client_refusal.client_id"),
			columnsOf(SensitiveClass, []retention.Name{retention.Restrictions}, "members.client_refusal.until", "members.client_refusal.ended_at")...)},
		{CertificateDatum, withMember(SensitiveClass, "members.member_profile.certificate")},
		{StepDatum, columnsOf(PersonalClass, []retention.Name{retention.Progress}, "coaching.work_step.step")},
		{TrialsDatum, withMember(IdentifierClass, "jobs.trial_placed.client_id", "jobs.trial_placed.gig_id")},
		{RailsDatum, railColumns()},
		{PassedDatum, columnsOf(PersonalClass, []retention.Name{retention.Offers}, "matching.offer.passed_on_at")},
		{BearsDatum, withMember(SensitiveClass, "members.member_profile.physical", "members.member_profile.sensory", "members.member_profile.mental")},
		{SupportDatum, withMember(SensitiveClass, "members.member_profile.support")},
		{MustsDatum, withMember(SensitiveClass, "members.member_ability.ability_code", "members.member_ability.strength")},
		{DutchDatum, withMember(PersonalClass, "members.member_profile.dutch")},
		{RoomDatum, withMember(SensitiveClass, "members.member_profile.room_cents", "members.member_profile.room_withheld")},
		{MostDatum, withMember(PersonalClass, "members.member_profile.hours_most")},
		{WantedDatum, withMember(PersonalClass, "members.member_profile.hours_wanted")},
		{RestDaysDatum, withMember(PersonalClass, "members.member_profile.rest_days")},
	}
}

// railColumns are the rails, and of who follows the member whether they may read offers.
func railColumns() []Column {
	facts, grants := []retention.Name{retention.Facts}, []retention.Name{retention.Grants}
	list := columnsOf(SensitiveClass, facts, "coaching.guard_rail.kind", "coaching.guard_rail.minutes", "coaching.guard_rail.metres", "coaching.guard_rail.groups")
	list = append(list, columnsOf(PersonalClass, facts, "coaching.guard_rail.state")...)
	list = append(list, columnsOf(IdentifierClass, nil, "coaching.caseload.coach_id")...)
	list = append(list, columnsOf(PersonalClass, nil, "members.role.ended_at")...)
	return append(list, columnsOf(PersonalClass, grants, "members.access_grant.scope", "members.access_grant.until", "members.access_grant.revoked_at")...)
}

func columnsOf(class Class, kept []retention.Name, names ...string) (list []Column) {
	for _, name := range names {
		list = append(list, Column{Name: name, Class: class, Kept: kept})
	}
	return list
}
