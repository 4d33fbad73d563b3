package web

import (
	"encoding/json"
	"strings"

	"meent/jobs"
	"meent/members"
)

// The name and the version of the file. Keys are never renamed or taken away
// within a version; a program leaves alone what it does not know.
const (
	recordSchema  = "meent.record"
	recordVersion = 1
)

// recordFile is a record for programs. Days are dates as 2026-11-24, on the clock
// of the Netherlands; times are whole minutes. Lists are empty where there is
// nothing, never null; own_claims is null where the member left them out. It has
// no id of anybody.
type recordFile struct {
	Schema  string    `json:"schema"`  // "meent.record"
	Version int       `json:"version"` // 1
	MadeOn  dayOrNull `json:"made_on"`
	Signed  bool      `json:"signed"` // false: nobody can check from the file alone that it is real
	Holder  named     `json:"holder"` // the member
	Issuer  named     `json:"issuer"` // the cooperative
	Period  period    `json:"period"`
	Work    workSum   `json:"work"`             // agreed by member and client
	Trials  workSum   `json:"trial_placements"` // counted in work too

	KindsOfWork []kindOfWork  `json:"kinds_of_work"` // work of several kinds counts in each
	Clients     []clientsKind `json:"clients"`
	Skills      []provenSkill `json:"skills"` // seen by others
	Feedback    []saidOf      `json:"feedback"`
	OwnClaims   *ownClaims    `json:"own_claims"`
}

// dayOrNull is a date, or null where there is none.
type dayOrNull members.Day

// MarshalJSON writes the date.
func (d dayOrNull) MarshalJSON() ([]byte, error) {
	if d == "" {
		return []byte("null"), nil
	}
	return json.Marshal(string(d))
}

type (
	named struct {
		Name string `json:"name"`
	}
	// period is what was asked for; from null is the beginning.
	period struct {
		From  dayOrNull `json:"from"`
		Until dayOrNull `json:"until"`
		First dayOrNull `json:"first_work"`
		Last  dayOrNull `json:"last_work"`
	}
	workSum struct {
		Pieces  int `json:"pieces"`
		Minutes int `json:"minutes"`
	}
	kindOfWork struct {
		Code string `json:"code"` // "" is work without a kind
		NL   string `json:"nl"`
		EN   string `json:"en"`
		workSum
	}
	clientsKind struct {
		Kind  string   `json:"kind"` // organisation, household
		Count int      `json:"count"`
		Names []string `json:"names"` // of those that let themselves be named
		workSum
	}
	skillName struct {
		Code  string `json:"code"`
		NL    string `json:"nl"`
		EN    string `json:"en"`
		Level string `json:"level"` // learning, can, well, can_teach
	}
	provenSkill struct {
		skillName
		SeenBy []seenBy `json:"seen_by"`
	}
	seenBy struct {
		Kind string    `json:"kind"` // coach, client
		On   dayOrNull `json:"on"`
	}
	saidOf struct {
		Sentence string    `json:"sentence"`
		By       string    `json:"client_kind"`
		On       dayOrNull `json:"on"`
	}
	ownClaims struct {
		Checked bool        `json:"checked"` // false: only the member says so
		Skills  []skillName `json:"skills"`
	}
)

// recordFile puts the record into the form of the file.
func (r *request) recordFile(rec jobs.Record) recordFile {
	f := recordFile{Schema: recordSchema, Version: recordVersion, MadeOn: dayOrNull(members.DayOf(r.web.Now())),
		Holder: named{r.actor.Name}, Issuer: named{r.actor.CooperativeName},
		Period: period{dayOrNull(rec.From), dayOrNull(rec.Until), dayOrNull(rec.First), dayOrNull(rec.Last)},
		Work:   sumOf(rec.Done), Trials: sumOf(rec.Trials),
		KindsOfWork: []kindOfWork{}, Clients: []clientsKind{}, Skills: []provenSkill{}, Feedback: []saidOf{}}
	for _, k := range rec.Kinds {
		f.KindsOfWork = append(f.KindsOfWork, kindOfWork{k.Group.Code, k.Group.NL, k.Group.EN, sumOf(k.RecordSum)})
	}
	for _, c := range rec.Clients {
		f.Clients = append(f.Clients, clientsKind{string(c.Kind), c.Count, append([]string{}, c.Names...), sumOf(c.RecordSum)})
	}
	for _, s := range rec.Seen {
		one := provenSkill{skillName: nameSkill(s.Skill, s.Level)}
		for _, e := range s.Seen {
			one.SeenBy = append(one.SeenBy, seenBy{string(e.By), dayOrNull(e.On)})
		}
		f.Skills = append(f.Skills, one)
	}
	for _, one := range rec.Feedback {
		f.Feedback = append(f.Feedback, saidOf{one.Sentence, string(one.ClientKind), dayOrNull(one.At)})
	}
	if rec.Own {
		f.OwnClaims = &ownClaims{Skills: []skillName{}}
		for _, s := range rec.Claims {
			f.OwnClaims.Skills = append(f.OwnClaims.Skills, nameSkill(s.Skill, s.Level))
		}
	}
	return f
}

func nameSkill(s members.Skill, l members.SkillLevel) skillName {
	return skillName{s.Code, s.NL, s.EN, strings.ReplaceAll(string(l), " ", "_")}
}

func (f recordFile) json() ([]byte, error) { return json.MarshalIndent(f, "", "\t") }

func sumOf(s jobs.RecordSum) workSum { return workSum{s.Works, s.Minutes} }
