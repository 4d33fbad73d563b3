package retention

// The rules. Each is carried out in one package.
const (
	SignIns      Name = "sign_ins"      // requests to sign in or for another address, and printed cards
	Tries        Name = "tries"         // codes that were tried, and what passkeys were asked to sign
	Sessions     Name = "sessions"      // being signed in
	EndedSession Name = "ended_session" // what a request under way could bring back
	Invitations  Name = "invitations"   // of members, and of colleagues of a client
	Imports      Name = "imports"       // lists that nobody confirmed
	Days         Name = "days"          // that are not as the member's week says
	Grants       Name = "grants"        // what a member let somebody read
	Reads        Name = "reads"         // who read what
	Deeds        Name = "deeds"         // the log of who did what
	Reasons      Name = "reasons"       // the words in that log
	Restrictions Name = "restrictions"  // that were lifted
	Reviews      Name = "reviews"       // second looks
	Whys         Name = "whys"          // what a member asked a person about a choice
	Facts        Name = "facts"         // the timeline that a coach reads
	Questions    Name = "questions"     // to a coach
	Reports      Name = "reports"       // of unsafe work
	Contacts     Name = "contacts"      // what a coach did for a member
	Goals        Name = "goals"         // with their steps
	Statements   Name = "statements"    // what a funder is told, with its forms
	Progress     Name = "progress"      // self-scores, and rungs of the ladder
	HandOvers    Name = "handovers"     // of members from coach to coach, who stood in, buddies, and to whom a member was shown
	Offers       Name = "offers"        // with their explanation
	Drafts       Name = "drafts"        // of gigs that were not posted
	Absences     Name = "absences"      // agreed work that did not come
	Work         Name = "work"          // done, with its hours; and what a gig said
	Bills        Name = "bills"         // what leads from a bill or payout to somebody
	Payees       Name = "payees"        // a member's account at the gateway
	Ledger       Name = "ledger"        // postings, balances, amounts
	Events       Name = "events"        // what the gateway told us
	Farewells    Name = "farewells"     // addresses of who was erased, until the last mail is out
	DoneTasks    Name = "done_tasks"
	Changes      Name = "changes" // that what is kept in memory follows
	Mailbox      Name = "mailbox" // of a house without mail
)

// MailboxNewest is how many messages the mailbox of a house without mail keeps.
const MailboxNewest = 500

// Rules is the table, in the order of the page.
func Rules() []Rule {
	return []Rule{
		{Name: SignIns, Keep: Period{Days: 1}, From: Asked, Why: Safety, Area: WayIn},
		{Name: Tries, Keep: Period{Hours: 1}, From: Tried, Why: Safety, Area: WayIn},
		{Name: Sessions, Keep: Period{Days: 14}, From: SignedIn, Why: Safety, Area: WayIn},
		{Name: EndedSession, Keep: Period{Hours: 1}, From: Ended, Why: Safety, Area: WayIn},
		{Name: Invitations, Keep: Period{Months: 1}, From: Expired, Why: Joining, Area: Join},
		{Name: Imports, Keep: Period{Hours: 1}, From: Uploaded, Why: Checking, Area: Join},
		{Name: Days, Keep: Period{Days: 7}, From: TheDay, Why: Planning, Area: Jobs},
		{Name: Drafts, Keep: Period{Days: 90}, From: Written, Why: Running, Area: Jobs},
		{Name: Offers, Keep: Period{Years: 2}, From: Answered, Why: Fairness, Area: Jobs},
		{Name: Absences, Keep: Period{Years: 2}, From: TheDay, Why: Fairness, Area: Jobs},
		{Name: Work, Keep: Period{Years: 7, YearEnd: true}, From: Worked, Why: Books, Law: TaxBooks, Area: Jobs},
		{Name: Bills, Keep: Period{Years: 7, YearEnd: true}, From: Paid, Why: Books, Law: TaxBooks, Area: Money},
		{Name: Payees, Keep: Period{Years: 7, YearEnd: true}, From: Left, Why: Books, Law: TaxBooks, Area: Money},
		{Name: Ledger, Stays: true, Why: Balance, Area: Money},
		{Name: Events, Keep: Period{Months: 3}, From: Received, Why: Running, Area: Money},
		{Name: Facts, Keep: Period{Years: 2}, From: Happened, Why: Guidance, Area: Coaching},
		{Name: Questions, Keep: Period{Years: 1}, From: Answered, Why: Guidance, Area: Coaching},
		{Name: Contacts, Keep: Period{Years: 2}, From: Happened, Why: Guidance, Area: Coaching},
		{Name: Goals, Keep: Period{Years: 2}, From: Ended, Why: Guidance, Area: Coaching},
		{Name: Progress, Keep: Period{Years: 2}, From: Written, Why: Guidance, Area: Coaching},
		{Name: Statements, Keep: Period{Years: 5}, From: Signed, Why: Account, Area: Coaching},
		{Name: HandOvers, Keep: Period{Years: 2}, From: Ended, Why: Guidance, Area: Coaching},
		{Name: Reports, Keep: Period{Years: 5}, From: Closed, Why: Claims, Law: Damages, Area: Coaching},
		{Name: Grants, Keep: Period{Years: 2}, From: Ended, Why: Control, Area: Coaching},
		{Name: Reads, Keep: Period{Years: 2}, From: Seen, Why: Control, Area: Coaching},
		{Name: Restrictions, Keep: Period{Years: 5}, From: Ended, Why: Claims, Law: Damages, Area: Decisions},
		{Name: Whys, Keep: Period{Years: 5}, From: Answered, Why: Claims, Law: Damages, Area: Decisions},
		{Name: Reviews, Keep: Period{Years: 5}, From: Answered, Why: Claims, Law: Damages, Area: Decisions},
		{Name: Reasons, Keep: Period{Years: 5}, From: Written, Why: Claims, Law: Damages, Area: Decisions},
		{Name: Deeds, Stays: true, Why: Proof, Area: Decisions},
		{Name: Farewells, Keep: Period{Days: 3}, From: Asked, Why: Running, Area: Machine},
		{Name: DoneTasks, Keep: Period{Days: 14}, From: Done, Why: Running, Area: Machine},
		{Name: Changes, Keep: Period{Days: 2}, From: Happened, Why: Running, Area: Machine},
		{Name: Mailbox, Newest: MailboxNewest, From: Sent, Why: Practice, Area: Machine},
	}
}
