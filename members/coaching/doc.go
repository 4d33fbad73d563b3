// Package coaching is the coach's side of members: who follows whom,
// and what happened.
//
// A member has at most one coach in a cooperative: whom a coordinator assigns, or
// the coach who invited them. A coach finds their own
// caseload here and nobody else's. What a coach reads of a member beyond name and
// place comes with the member's grants: the timeline, made of facts that other
// domains report, each kind with the scope that it needs.
// The caseload is sorted by signal: each has a rule, one sentence and one thing to
// do, and is made of facts and of what the coach did. needs and signalNeeds say
// which keys open what. No signal counts for or against anybody, and matching reads
// none.
// A coach whom the member lets act for them prints a card with which the member
// signs in once, or acts for them (ActorFor).
//
// A member's card for one client is a release: asked → released → expired |
// revoked; asked → refused | withdrawn | expired. It opens with two keys, the
// member's and the coach's, or with the member's when they decide alone or nobody
// follows them; either takes it back at once, a block of the client too. The card
// has no field for limits, support, hours or money, and each reading is in the
// member's log. What a coach who hands over has not opened yet loses their key.
//
// Who follows whom on a day is said by one view, coaching.follower: the coach, and
// a colleague who stands in for them for at most six weeks. A member goes to another
// coach by a hand-over that they agree to: proposed → agreed | refused | withdrawn,
// agreed → done | refused | withdrawn. On its day the former coach's keys end, and
// those of who stood in; the new coach has none until the member gives some. Without
// asking, only the office moves a member, with a written reason that they hear of.
//
// A buddy is another member: asked → on | refused, on → ended. They write to each
// other, and the buddy reads the agenda while the member lets them; nothing else.
//
// What a member asks their coach is asked → answered. Nobody needs a grant to
// answer: the member wrote to them. Where nobody is the coach it goes to the
// coordinators at once; what nobody answered for 24 hours on working days is
// told to them too, and nothing else follows from silence.
//
// A report of unsafe work is reported → taken → closed. It lives here and not in
// jobs, for it is between a member, their coach and the office: the engagement is
// a reference. Who looks at it is a named person; when nobody does for four hours
// the coordinators are told again. No client ever reads one.
//
// A guard rail is proposed → agreed | refused | withdrawn, and agreed → ended |
// replaced: a limit that one side proposes and the other agrees, at most one of a
// kind. Either ends it alone and at once. On its day both are reminded to look
// again; it holds until somebody ends it. Matching reads what is agreed (RailsTx);
// nobody else does but the member, and the coach with a grant.
//
// What a member wants to reach is a goal with steps: open → met | not_met |
// needs_more, and open again. The member writes down, ticks off and judges alone;
// their coach does too with the grant for the progress. How it goes the member says
// once a week; that is their own, and a coach reads it with a grant of its own. On
// which step of the participation ladder a member stands the one side proposes and
// the other sets: proposed → set | dropped. Facts point to a step, and half a year
// later both are told that it is time for a look; neither sets anything.
//
// A contact is what a coach did for a member: how, how long, why and what comes
// next. There are no other notes, and the member reads each. A phone may keep one
// and send it later; it is kept once, and only while the coach still may.
//
// A statement tells a funder about a period: draft → signed_once → signed |
// withdrawn. It is made of what is there; the first signature freezes it, and after
// the second nothing about it ever changes. What member and client think of the
// help stands in it.
//
// Words that people write are sealed with the key of the member whom they are
// about.
//
// What is over goes by the rules of internal/retention (Tidy).
//
// The schema "coaching" is written here and nowhere else.
package coaching
