// Package members knows who people are: cooperatives, persons and the roles
// they hold, sign-in and sessions, clients, and each member's profile.
//
// It promises that one person has one sign-in, that a session ends everywhere
// in one statement, that asking to sign in looks the same for known and unknown
// addresses, and that no role reaches beyond its cooperative. Places and skills
// are reference data: the program's files are their truth, the tables a copy.
//
// A sign-in is asked → sent → used; it expires ten minutes after it was asked
// and dies at the fifth wrong code.
//
// A session is known on pages by an id that opens nothing, and once ended it
// stays ended. Who changes the way in has just shown who they are, and is told by
// mail, also at the address that they had before. Passkeys are bound to one site,
// ask their owner for a finger, a face or a code, and answer each challenge once.
// An app with codes works after its first code; each code works once, ten may be
// tried in an hour, and that wait ends by itself: nothing here keeps a person out.
// Secrets that must be read again are sealed under a key outside the database.
//
// Who confirmed a mobile number by a code that was sent to it signs in by that,
// too. The number is sealed, and found by a keyed hash; it is one person's, and
// whose shows nowhere.
//
// A card from the coach is printed → used; it expires a quarter of an hour after it
// was printed. It signs the member in once, when the member lets the coach act for
// them, and both its printing and its use stand in the log.
//
// The member holds the keys: nobody reads more of them than a grant says, until
// its last day or until the member ends it, and every read is in a log that the
// member can see; so is what somebody wanted to read and may not (NoteRefusal). A
// grant is active → expired | revoked. Nobody needs one from themselves.
//
// Who may act for a member does so as that member (Actor.Helper), asked again at
// each request; the member's keys, account and confidences are not part of it.
// Both names stand in the log of deeds, covered by its chain.
//
// A member can have one address at which their calendar program reads their
// agenda. Only its hash is kept; a new one ends the one before.
//
// A member can keep a client away: that is their own, and told to nobody.
//
// A membership is referred → trial → member → alumni; who withdraws before is
// alumni, too, and who comes back begins with a trial. A coordinator moves it,
// nobody else and no timer. An invitation lets one person of 18 or older join: it
// is open → used | revoked | expired, two weeks after it was made, and no secret
// of it is stored.
//
// News for a member goes one way (NotifyTx): what can wait comes when their quiet
// hours end, what cannot wait at once; by mail, or by text message to a number
// that they confirmed.
//
// A list of members or clients is imported whole or not at all, after a
// coordinator has seen what it would do; it is kept for an hour until then.
//
// A profile is fourteen questions, each answered, skipped, or not seen yet. What
// matching may read of it is plain and deleted with the member; a phone number,
// a birth date and what people write themselves is sealed with a key per person,
// which a key outside the database seals. Without its row nothing opens again.
// So is what people write about somebody, here and in every domain right of here:
// with the key of the person whom it is about (SealTx). Lists open the texts of
// many people with one query (OpenAll), and pages say so where one is gone. Names,
// addresses of clients and descriptions of work are plain.
//
// What somebody did that others may ask about later is written down, in the
// same transaction, in a log that only grows; each deed is hashed together with
// the one before it (AuditTx, VerifyAudit).
//
// A cooperative decides for itself within bounds (Settings): its coordinators
// change that, each time with a reason, and of two who looked at the same only
// one does.
//
// Who wants to post work is asked → approved | refused, by a coordinator. A
// client's contacts invite and remove each other; a role that ended stays as a
// row, and nobody acts in it.
//
// Only a named coordinator restricts a person, in one cooperative, with a reason
// that the person reads; no task, timer or rule does. A restricted person takes
// nothing new; what was agreed goes on and is paid (Restrict, MayTakeTx).
//
// The person may ask for a review of what was decided about them. It is asked →
// taken → answered, by another coordinator than the one who decided, within
// fourteen days; after that all coordinators are told. No clock decides.
//
// What has run out goes, by the rules of internal/retention (Tidy); a restriction
// that holds and a review without an answer stay however old they are, and so
// does the log of deeds, without its words.
//
// A person can have all that is kept about them, and can be erased (ExportTx,
// EraseTx): the person's key is destroyed, and what the law wants kept stays under
// a pseudonym that leads nowhere. Who others count on must end that first (Hold).
//
// The schema "members" is written here and nowhere else.
package members
