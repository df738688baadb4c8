use super::*;
use proptest::prelude::*;

/// Compares the text of a whole page, with the kind of each block before it and its mark-up in braces after it.
#[track_caller]
fn check(page: &str, expected: &str) {
    let document = read(page, true);
    let mut found = String::new();
    for block in &document.blocks {
        found.push_str(&format!("{:?}: {}\n", block.kind, block.span.of(&document.text)));
    }
    for (span, inline) in &document.styles {
        found.push_str(&format!("{{{inline:?}: {}}}\n", span.of(&document.text)));
    }
    assert_eq!(found.trim_end(), expected.trim_end(), "{:?}", document.text);
}

#[test]
fn blocks_and_mark_up() {
    check(
        "<title>T</title><body>\n <h2>A  <i>title</i>\n</h2><p>One &amp; <b>two<p>Three<br>four <a href='/x'> five</a>, six.",
        "Heading(2): A title\nParagraph: One & two\nParagraph: Three\nfour five, six.\n\
         {Emphasis: title}\n{Strong: two}\n{Link(\"/x\"): five}",
    );
}

#[test]
fn lists_quotations_and_code() {
    check(
        "<ul><li>one<li>two<ol start=3><li>deep</ol></ul><blockquote><p>said</p><p>more</blockquote>\
         <pre>a\n  b</pre>text<hr>end",
        "ListItem { depth: 0, number: None }: • one\nListItem { depth: 0, number: None }: • two\n\
         ListItem { depth: 1, number: Some(3) }: 3. deep\nQuotation: said\nQuotation: more\n\
         Preformatted: a\n  b\nParagraph: text\nRule: * * *\nParagraph: end",
    );
}

#[test]
fn tables_of_columns_are_tables_and_others_are_layout() {
    check(
        "<table><tr><th>State<th>Votes<tr><td><p>Peru</p><td>7</table>",
        "Preformatted: State  Votes\n─────  ─────\nPeru   7",
    );
    check("<table><tr><td>One</td></tr><tr><td>Two</td></tr></table>", "Paragraph: One\nParagraph: Two");
}

#[test]
fn what_is_not_to_be_read_is_left_out() {
    check(
        "<script>no()</script><style>p{}</style><p hidden>no<p style='color: red; display: none'>no</p>\
         <p style='display: none !important;'>no</p><p style='DISPLAY:NONE'>no</p><p style='display: block'></p>\
         <svg><title>no</title></svg><noscript>no</noscript><p>yes<textarea>no</textarea><a href='javascript:x'>!</a>",
        "Paragraph: yes!",
    );
    check("<p>a<script>b</scrip", "Paragraph: a");
}

#[test]
fn old_pages_break_lines_for_paragraphs() {
    check("One.<br><br>Two,<br>three.<font>Four</font>", "Paragraph: One.\nParagraph: Two,\nthree.Four");
}

#[test]
fn mark_up_across_blocks_is_begun_again() {
    check(
        "<a href=u><div>One</div><div>two</div></a>",
        "Paragraph: One\nParagraph: two\n{Link(\"u\"): One}\n{Link(\"u\"): two}",
    );
    check("x <b>y <i>z</b> t</i>", "Paragraph: x y z t\n{Strong: y z}\n{Emphasis: z}");
}

#[test]
fn references_to_control_characters_stay_text() {
    assert_eq!(read("a&#27;[31m&#x9d;&#0;&nbsp;&eacute;&copy;", true).text, "a\u{1b}[31m\u{9d}\u{fffd}\u{a0}é©");
}

#[test]
fn elements_are_known_by_their_names() {
    let tree = Tree::read("<SECTION><x-y></x-y><a href=a HREF=b data-z=c>", false);
    let names: Vec<&str> = tree.nodes.iter().map(|node| node.name).collect();
    assert_eq!((names, tree.attribute(3, "href")), (vec!["html", "section", tree::OTHER, "a"], "a"));
    assert!(tree::NAMES.is_sorted());
}

#[test]
fn a_page_nested_without_end_is_read_flat() {
    let page = "<div><ul><li>".repeat(10_000) + "deep<p>end";
    let document = read(&page, true);
    assert!(document.text.ends_with("deep\n\nend"));
    assert_eq!(
        document.warnings,
        ["the page is nested deeper than any article: its deepest parts are shown side by side"]
    );
}

#[test]
fn what_is_left_out_of_a_page_without_end_is_said() {
    let page = "<p>text".to_owned() + &"<br>".repeat(1_000_000) + "more";
    let warnings = ["the page has more than 1,000,000 parts: the rest is not shown"];
    let document = read(&page, true);
    assert_eq!((&*document.text, document.warnings), ("text", warnings.map(str::to_owned).to_vec()));
    let mut writer = Writer::default();
    (0..2).for_each(|_| Page::read(&page, true).write_below(None, &mut writer));
    assert_eq!(writer.finish().warnings, warnings);
}

#[test]
fn a_page_that_a_script_would_show_is_shown() {
    for start in ["<body style='display:none'>", "<html hidden><body>", "<body hidden>"] {
        assert_eq!(read(&format!("{start}<p>text"), false).text, "text", "{start}");
    }
}

#[test]
fn a_page_without_text_says_so() {
    for whole in [false, true] {
        assert_eq!(read("<title>T</title><div id=app></div>", whole).warnings, ["the page holds no text"]);
    }
}

proptest! {
    #[test]
    fn any_page_is_read(page in "(</?(p|p class=ad|b|a href=x|a href='#x'|i id=x|ul|ol|li|table|tr|td|pre|blockquote|h1|h2 id=share|q|br|hr|div|div hidden|div class=comments|aside|form|input|section|article|code|svg|title)>|[a-c &;\\n<>\"]|[A-Z][a-z ,]{30}\\.|\\PC){0,60}", is_whole in any::<bool>()) {
        crate::document::check_blocks(&read(&page, is_whole));
    }

    #[test]
    fn any_link_leads_into_a_block(page in "(<(p|/?pre|ul|li|br|hr|/?table|tr|td|/?b id=x)>|<a href='#x'>a</a>|[ a\\n]){0,20}") {
        crate::document::check_blocks(&read(&page, true));
    }
}

const SITE: &str = r##"<!DOCTYPE html><html lang="en"><head><title>Ferry stays, says mayor | The Quay Courier</title>
<meta property="og:title" content="Ferry stays, says mayor &amp; council"><meta property="og:site_name" content="The Quay Courier">
<meta name="author" content="Ana Silva"><meta property="article:published_time" content="2021-05-04T10:31:00+02:00">
<style>.x{}</style><script>track("Buy")</script></head><body class="article-page">
<header class="site-header"><a href="/">The Quay Courier</a><nav><ul><li><a href="/n">News</a><li><a href="/s">Sport</a></ul></nav></header>
<div id="wrap"><main><article>
<h1>Ferry stays, says mayor &amp; council</h1>
<p class="byline">By <a rel="author" href="/ana">Ana Silva</a></p><time datetime="2021-05-04">4 May 2021</time>
<div class="lead">The council of the town and the province do not agree on what the ferry is for, and who is to pay for it.</div>
<div class="body"><figure><img src="a.jpg"><figcaption>The ferry at the quay on Monday.</figcaption></figure><p>The mayor of the town, Tom Berg, said on Monday that the ferry would stay, whatever the province may decide.</p>
<div class="ad-break">Advertisement</div>
<p>“We will not give it up,” he told reporters, and he asked the government to pay for new engines, a quay and a crew.</p>
<aside class="related"><h3>Read more</h3><ul><li><a href="/1">Storm closes harbour</a><li><a href="/2">Price of fish</a></ul></aside>
<h2>What the province wants</h2>
<p>The province refused. Its spokeswoman, Mia Lund, said that the money was needed for roads, bridges, and two schools.</p>
<blockquote><p>There is no money for ships, none at all, and there will be none next year.</p></blockquote>
<ul><li>The ferry carries 40,000 people a year.</li><li>It was built in 1961, and has been mended twice.</li></ul>
<p>The council meets again on Friday, when it will hear from the crew, the traders of the island, and a school.</p></div>
<div class="share-tools"><a href="#">Share</a> <a href="#">Mail</a></div></article>
<section id="comments"><h3>Comments</h3><p>What nonsense, they should sell it, said everyone I know, and I know many people, believe me.</p></section></main>
<div class="sidebar"><h3>Most read</h3><ol><li><a href="/3">Ten quays to see</a></ol></div></div>
<footer>© The Quay Courier <a href="/privacy">Privacy</a></footer></body></html>"##;

#[test]
fn of_a_saved_page_the_article_is_read() {
    let document = Document::read("a.html", SITE, None);
    crate::document::check_blocks(&document);
    let blocks = document.blocks.iter().map(|block| format!("{:?}: {}", block.kind, block.span.of(&document.text)));
    let expected = "Heading(1): Ferry stays, says mayor & council\nCredit: By Ana Silva\n\
         Paragraph: The council of the town and the province do not agree on what the ferry is for, and who is to pay for it.\n\
         Credit: The ferry at the quay on Monday.\n\
         Paragraph: The mayor of the town, Tom Berg, said on Monday that the ferry would stay, whatever the province may decide.\n\
         Paragraph: “We will not give it up,” he told reporters, and he asked the government to pay for new engines, a quay and a crew.\n\
         Heading(2): What the province wants\n\
         Paragraph: The province refused. Its spokeswoman, Mia Lund, said that the money was needed for roads, bridges, and two schools.\n\
         Quotation: There is no money for ships, none at all, and there will be none next year.\n\
         ListItem { depth: 0, number: None }: • The ferry carries 40,000 people a year.\n\
         ListItem { depth: 0, number: None }: • It was built in 1961, and has been mended twice.\n\
         Paragraph: The council meets again on Friday, when it will hear from the crew, the traders of the island, and a school.";
    assert_eq!(blocks.collect::<Vec<_>>().join("\n"), expected);
    let Metadata { title, byline, date, source, .. } = document.metadata;
    assert_eq!((title.as_deref(), byline.as_deref()), (Some("Ferry stays, says mayor & council"), Some("Ana Silva")));
    assert_eq!((date, source.as_deref()), (Some(jiff::civil::date(2021, 5, 4)), Some("The Quay Courier")));
    assert_eq!((document.format, document.warnings), (crate::document::Format::Html, Vec::new()));
}

#[test]
fn all_of_a_page_is_read_when_that_is_asked_for() {
    let wish = crate::document::Wish { whole_page: true, ..Default::default() };
    let document = Document::try_read("a.html", SITE, wish).unwrap();
    for words in ["• Sport", "Advertisement", "Read more", "What nonsense", "Most read", "Privacy"] {
        assert!(document.text.contains(words), "{words}");
    }
    assert!(!document.text.contains("Buy"));
    assert_eq!(document.metadata.byline.as_deref(), Some("Ana Silva"));
}

#[test]
fn a_page_without_an_article_is_shown_whole() {
    let document = read("<title>T</title><nav>Home</nav>", false);
    assert_eq!(document.text, "Home");
    assert_eq!(document.warnings, ["no article was found in the page: all of it is shown"]);
    assert_eq!(read("", false).text, "");
}

#[test]
fn a_short_item_keeps_its_comments_out() {
    let page = "<body><div class=story><h1>Quay shut</h1><p>The quay is shut, the harbour board said on Monday.</p></div>\
         <div class=comments-area id=comments><p>So it is, and so it was, and so it will be, as long as I live, my friends.</p>\
         <p>I do not think so, not at all, and never did, whatever they say, whoever they are, wherever.</p></div>";
    assert_eq!(read(page, false).text, "Quay shut\n\nThe quay is shut, the harbour board said on Monday.");
}

#[track_caller]
fn check_about(head: &str, title: Option<&str>, byline: Option<&str>, date: Option<&str>, source: Option<&str>) {
    let metadata = read(&format!("<head>{head}</head><body><p>Text."), true).metadata;
    let date_of = metadata.date.map(|date| date.to_string());
    let found = (metadata.title.as_deref(), metadata.byline.as_deref(), date_of.as_deref(), metadata.source.as_deref());
    assert_eq!(found, (title, byline, date, source));
}

#[test]
fn what_a_page_says_of_itself() {
    let script = r#"<script type="application/ld+json">{"@graph": [{"@type": "WebPage", "name": "no"}, {"@type": ["NewsArticle"],
        "headline": "Ferry &amp; quay", "datePublished": "2021-05-04T08:00:00Z", "author": [{"name": "Ana Silva"}, {"name": "Tom Berg"}],
        "publisher": {"@type": "Organization", "name": "The Quay"}}]}</script><meta name=author content=Other>"#;
    check_about(script, Some("Ferry & quay"), Some("Ana Silva, Tom Berg"), Some("2021-05-04"), Some("The Quay"));
    check_about("<script type=application/ld+json>{broken</script><title>A</title>", Some("A"), None, None, None);
    check_about("<title>Ferry stays for now - The Quay</title>", Some("Ferry stays for now"), None, None, None);
    check_about(
        "<meta name=og:site_name content='The Quay'><meta property='og:title' content='Ferry stays | The Quay'>",
        Some("Ferry stays"),
        None,
        None,
        Some("The Quay"),
    );
    check_about(
        "<meta name=author content='By Ana Silva'><meta property=article:author content=https://x.org/ana>",
        None,
        Some("Ana Silva"),
        None,
        None,
    );
    check_about("", None, None, None, None);
    check_about(
        "</head><body><svg><title>Menu</title></svg><h1>Ferry stays</h1>",
        Some("Ferry stays"),
        None,
        None,
        None,
    );
}

#[test]
fn a_description_without_end_is_not_read() {
    let script = |spaces: usize| {
        let script = r#"<script type="application/ld+json">{"@type": "Article", "headline": "Ferry stays""#;
        format!("{script}{}}}</script><title>Quay</title>", " ".repeat(spaces))
    };
    check_about(&script(9), Some("Ferry stays"), None, None, None);
    check_about(&script(1 << 20), Some("Quay"), None, None, None);
}
