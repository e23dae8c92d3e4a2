"""Lists that have to be kept: names of services, words and slips that `contacts.py` and `privacy.py` know. What they miss passes."""
import re

# Endings that nobody on the internet can reach (RFC 6761, RFC 6762, RFC 7686).
PRIVATE_ENDINGS = {"local", "localhost", "internal", "lan", "home", "corp", "intranet", "onion", "invalid", "test"}
MISTYPED_ENDINGS = {"con": "com", "cmo": "com", "comm": "com", "coom": "com", "ocm": "com", "ogr": "org", "orgg": "org", "og": "org", "ku": "uk", "ukk": "uk",
                    "couk": "co.uk", "orguk": "org.uk", "ukcom": "uk", "comuk": "co.uk", "govuk": "gov.uk"}
MISTYPED_SECOND = {"or": "org", "og": "org", "ogr": "org", "c": "co", "o": "co", "cou": "co", "cp": "co", "goc": "gov", "gv": "gov", "com": "co"}
# What stands above a name that somebody can own: a host that is only this is nobody's (publicsuffix.org).
SUFFIXES = set("""
    uk org com net info eu wales scot cymru london co.uk org.uk ltd.uk plc.uk me.uk net.uk sch.uk ac.uk gov.uk nhs.uk police.uk
    wordpress.com wixsite.com weebly.com blogspot.com github.io
""".split())
# They hide where a link leads, and may lead elsewhere tomorrow.
SHORTENERS = set("""
    bit.ly bitly.com buff.ly cutt.ly goo.gl is.gd lnkd.in ow.ly rb.gy rebrand.ly shorturl.at t.co t.ly tiny.cc tiny.one tinyurl.com v.gd youtu.be fb.me
    linktr.ee qr.io s.id trib.al dlvr.it surl.li soo.gd bl.ink aka.ms forms.gle adf.ly clck.ru x.gd qrco.de mailchi.mp lnk.bio tr.ee beacons.ai g.co
    goo.su shorturl.asia t.me wa.me
""".split())
# Their addresses carry another one inside: from mail programs, search engines and social networks.
WRAPPERS = tuple("""
    google.com/url google.co.uk/url facebook.com/l.php safelinks.protection.outlook.com urldefense.com urldefense.proofpoint.com
    webcache.googleusercontent.com translate.google.com translate.goog cdn.ampproject.org google.com/amp/ bing.com/ck/ linkprotect.cudasvc.com
""".split())
TRACKING = re.compile("utm_[a-z]+|fbclid|gclid|gad_source|gbraid|wbraid|msclkid|mc_[ce]id|igshid|_ga|_gl|yclid|dclid|srsltid|_hsenc|_hsmi|mkt_tok|"
                      "PHPSESSID|j?sessionid|sid", re.IGNORECASE)
# Pages that only their owner can open, or that are a copy or a search instead of the page.
NO_PAGES = re.compile(
    "https://(docs[.]google[.]com/.+/edit|mail[.]google[.]com|outlook[.](office|live)[.]com|teams[.]microsoft[.]com|[a-z0-9-]+[.]sharepoint[.]com|web[.]archive[.]org"
    "|archive[.]ph|(www[.])?(google|bing|yahoo|duckduckgo)[.][a-z.]+/(search|[?]q=)|(staging|test|dev|preview)[.]).*|.*(/wp-admin|/wp-login|[?&]preview=true)")
# Names of e-mail addresses that nobody reads, or that are not for somebody who needs help.
UNREAD = {"noreply", "no-reply", "donotreply", "do-not-reply", "webmaster", "postmaster", "mailer-daemon", "jobs", "careers", "recruitment",
          "donate", "donations", "fundraising", "tbc", "tba", "example", "youremail", "yourname"}
FREE_MAIL = set("""
    gmail.com googlemail.com hotmail.com hotmail.co.uk outlook.com live.com live.co.uk msn.com yahoo.com yahoo.co.uk ymail.com icloud.com me.com aol.com
    btinternet.com sky.com talktalk.net virginmedia.com ntlworld.com protonmail.com proton.me gmx.com tiscali.co.uk blueyonder.co.uk outlook.co.uk
    mail.com pm.me tutanota.com protonmail.ch yahoo.com.au o2.co.uk
""".split())
# Words of team addresses: an address made of others and a full stop, such as jo.bloggs, is a person's.
TEAM_WORDS = set("""
    access action admin advice advocacy appeals bookings care centre chat claims complaints contact counselling crime customer domestic duty email
    enquiries enquiry exec feedback fraud general hello help helpdesk helpline hub idva info information isva mail media no office online outreach police
    press project reception referral referrals refuge reply report reporting reports safe safeguarding safety secure service services staff support team
    the training us victim victims volunteering web welfare witness women young youth uk
""".split())
GIVEN_NAMES = set("""
    abdul abdullah adam adele agnieszka ahmed aisha alan alexander alexandra ali alice alison amanda amina amir amit amy andrew angela anita ann anna
    annabel anne anthony anya arthur ashley asif audrey barbara barry beatrice ben bernard beth betty bev beverley bilal brenda brian bridget callum
    cameron carol caroline catherine cathy ceri charles charlie charlotte cheryl chloe chris christine ciara claire colin connor craig damian daniel
    danielle darren dave david dean debbie deborah deepak denise derek diana diane dominic donna dorothy duncan edward eileen elaine eleanor elizabeth
    ellen ellie emily emma eric erin ethan eva evelyn ewa farah fatema fatima fiona frances francesca frank gareth gary gavin gemma geoff geoffrey george
    georgia geraldine gillian gina glenn gordon graham gwen habib hannah harriet harry hassan heather helen hugh hussain ian ibrahim imran irene isabel
    isla jack jacqueline jade jake james jamie jan jane janet jasmine jason jayne jean jeff jeffrey jennifer jenny jessica jill jo joan joanna joanne joe
    joel john jonathan josh joshua joyce judith julia julian julie justin karen katarzyna kate kathleen kathryn katie kelly ken kenneth kerry kevin kieran
    kim kirsty krzysztof laura lauren leanne lee leon lesley liam linda lisa lorraine louise lucy luke lynn lynne maeve magdalena malcolm marcus marek
    margaret maria marie marion mark martha martin mary matthew maureen małgorzata megan mehmet melanie mia michael michelle mike mohamed mohammad
    mohammed molly monica muhammad nadia naomi natalie natasha nathan neil niamh nicholas nicola nigel nina norma oliver olivia omar owen pamela patricia
    patrick paul pauline penny peter phil philip philippa piotr priya rachel rahul raj ray raymond rebecca rhys richard rita rob robert robin roger ronald
    rosemary ross russell ruth ryan saima sally sam samantha sandra sarah sean sharon shaun sheila shirley simon siobhan siân sonia sophia sophie stacey
    stella stephanie stephen steve steven stewart stuart sue susan tariq teresa terry theresa thomas tim timothy tina tom tony tracey tracy tyler usman
    valerie vera veronica victor vincent violet wayne wendy william yasmin yusuf zainab zoe zoya łukasz
""".split())
