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
// The member holds the keys: nobody reads more of them than a grant says, until
// its last day or until the member ends it, and every read is in a log that the
// member can see. A grant is active → expired | revoked.
//
// A membership is referred → trial → member → alumni; who withdraws before is
// alumni, too, and who comes back begins with a trial. A coordinator moves it,
// nobody else and no timer. An invitation lets one person of 18 or older join: it
// is open → used | revoked | expired, two weeks after it was made, and no secret
// of it is stored.
//
// A list of members or clients is imported whole or not at all, after a
// coordinator has seen what it would do; it is kept for an hour until then.
//
// What somebody did that others may ask about later is written down, in the
// same transaction, in a log that only grows; each deed is hashed together with
// the one before it (AuditTx, VerifyAudit).
//
// The schema "members" is written here and nowhere else.
package members
