//! The table of languages: their names, and how their comments, strings and words are told.

use super::Kind;

/// How a text is taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Not at all.
    Unknown,
    /// Words, comments and strings.
    Words,
    /// Tags.
    Markup,
    /// Lines that are added, taken out, or kept.
    Changes,
}

/// How a string begins and ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Quote {
    pub(super) opens: &'static str,
    pub(super) closes: &'static str,
    /// What takes the next character its meaning.
    pub(super) escape: Option<char>,
    /// Whether it may go on over line ends. One that may not and has no end on its line is none.
    pub(super) goes_on: bool,
    /// Whether it holds one character: `'a` is none.
    pub(super) one_character: bool,
}

/// What is to be known of a language.
#[derive(Debug, Clone, Copy)]
pub(super) struct Language {
    /// Its names, in small letters and divided by spaces.
    pub(super) names: &'static str,
    pub(super) form: Form,
    pub(super) line_comments: &'static [&'static str],
    /// Whether a comment has a space, or a line's start, before it.
    pub(super) comments_stand_apart: bool,
    pub(super) block_comments: &'static [(&'static str, &'static str)],
    pub(super) comments_nest: bool,
    /// Those that begin alike in the order of their length.
    pub(super) quotes: &'static [Quote],
    /// What may stand before a quote as its part.
    pub(super) prefixes: &'static str,
    pub(super) keywords: &'static str,
    pub(super) types: &'static str,
    /// Words that are values.
    pub(super) literals: &'static str,
    /// What makes a word beside letters, digits and the low line.
    pub(super) word_characters: &'static str,
    /// What a word may begin with, and what it then is.
    pub(super) marks: &'static [(char, Option<Kind>)],
    pub(super) any_case: bool,
    pub(super) capitals_are_types: bool,
    /// What stands behind a key.
    pub(super) key_mark: Option<char>,
    /// Whether lines in brackets are heads.
    pub(super) has_sections: bool,
}

/// No language has more quotes.
pub(super) const MOST_QUOTES: usize = 6;

/// The number of the language of this name in [`LANGUAGES`].
pub(super) fn named(name: &str) -> Option<usize> {
    let name = name.to_ascii_lowercase();
    LANGUAGES.iter().position(|language| language.names.split(' ').any(|own| own == name))
}

const fn quote(opens: &'static str, closes: &'static str) -> Quote {
    Quote { opens, closes, escape: Some('\\'), goes_on: false, one_character: false }
}

const fn long(opens: &'static str, closes: &'static str) -> Quote {
    Quote { goes_on: true, ..quote(opens, closes) }
}

const fn raw(opens: &'static str, closes: &'static str) -> Quote {
    Quote { escape: None, goes_on: true, ..quote(opens, closes) }
}

const DOUBLE: Quote = quote("\"", "\"");
const SINGLE: Quote = quote("'", "'");
const CHARACTER: Quote = Quote { one_character: true, ..SINGLE };
/// One without escapes.
const BARE: Quote = Quote { escape: None, ..SINGLE };
const THREE: Quote = long("\"\"\"", "\"\"\"");

/// Nothing but quotes.
const PLAIN: Language = Language {
    names: "",
    form: Form::Words,
    line_comments: &[],
    comments_stand_apart: false,
    block_comments: &[],
    comments_nest: false,
    quotes: &[DOUBLE, SINGLE],
    prefixes: "",
    keywords: "",
    types: "",
    literals: "",
    word_characters: "",
    marks: &[],
    any_case: false,
    capitals_are_types: false,
    key_mark: None,
    has_sections: false,
};

/// A language that is not in the table.
pub(super) const UNKNOWN: Language = Language { form: Form::Unknown, ..PLAIN };

/// What has the comments of C.
const LIKE_C: Language = Language {
    line_comments: &["//"],
    block_comments: &[("/*", "*/")],
    quotes: &[DOUBLE, CHARACTER],
    literals: "true false null",
    capitals_are_types: true,
    ..PLAIN
};

/// What has the comments of the shell.
const LIKE_SHELL: Language = Language { line_comments: &["#"], ..PLAIN };

pub(super) const LANGUAGES: &[Language] = &[
    Language {
        names: "c h",
        prefixes: "L u U u8",
        marks: &[('#', Some(Kind::Keyword))],
        keywords: "auto break case const continue default do else enum extern for goto if inline register restrict return \
                   sizeof static struct switch typedef union volatile while _Atomic _Generic _Noreturn _Static_assert alignas \
                   alignof constexpr static_assert thread_local typeof",
        types: "void char short int long float double signed unsigned bool _Bool size_t ssize_t ptrdiff_t int8_t int16_t \
                int32_t int64_t uint8_t uint16_t uint32_t uint64_t intptr_t uintptr_t wchar_t FILE",
        literals: "true false NULL nullptr",
        ..LIKE_C
    },
    Language {
        names: "cpp c++ cc cxx hpp hxx arduino",
        prefixes: "L u U u8 R",
        marks: &[('#', Some(Kind::Keyword))],
        keywords: "alignas alignof and asm auto break case catch class co_await co_return co_yield concept const consteval \
                   constexpr constinit const_cast continue decltype default delete do dynamic_cast else enum explicit export \
                   extern final for friend goto if import inline module mutable namespace new noexcept not operator or \
                   override private protected public register reinterpret_cast requires return sizeof static static_assert \
                   static_cast struct switch template this thread_local throw try typedef typeid typename union using virtual \
                   volatile while xor",
        types: "void bool char char8_t char16_t char32_t wchar_t short int long float double signed unsigned size_t string \
                string_view vector map set pair tuple optional variant unique_ptr shared_ptr int8_t int16_t int32_t int64_t \
                uint8_t uint16_t uint32_t uint64_t",
        literals: "true false nullptr NULL",
        ..LIKE_C
    },
    Language {
        names: "c# csharp cs",
        quotes: &[THREE, raw("@\"", "\""), DOUBLE, CHARACTER],
        marks: &[('#', Some(Kind::Keyword))],
        keywords: "abstract as async await base break case catch checked class const continue default delegate do else enum \
                   event explicit extern finally fixed for foreach get goto if implicit in init interface internal is lock \
                   namespace new operator out override params partial private protected public readonly record ref return \
                   sealed set sizeof stackalloc static struct switch this throw try typeof unchecked unsafe using var virtual \
                   void volatile when where while with yield",
        types: "bool byte char decimal double dynamic float int long nint nuint object sbyte short string uint ulong ushort",
        ..LIKE_C
    },
    Language {
        names: "java",
        quotes: &[THREE, DOUBLE, CHARACTER],
        marks: &[('@', Some(Kind::Type))],
        keywords: "abstract assert break case catch class const continue default do else enum exports extends final finally \
                   for goto if implements import instanceof interface module native new non-sealed package permits private \
                   protected public record requires return sealed static strictfp super switch synchronized this throw throws \
                   transient try var void volatile while yield",
        types: "boolean byte char double float int long short",
        ..LIKE_C
    },
    Language {
        names: "kotlin kt kts",
        quotes: &[THREE, DOUBLE, CHARACTER],
        marks: &[('@', Some(Kind::Type))],
        comments_nest: true,
        keywords: "abstract actual annotation as break by catch class companion const constructor continue crossinline data do \
                   else enum expect external final finally for fun get if import in infix init inline inner interface internal \
                   is lateinit noinline object open operator out override package private protected public reified return \
                   sealed set super suspend tailrec this throw try typealias val value var vararg when where while",
        ..LIKE_C
    },
    Language {
        names: "scala",
        quotes: &[THREE, DOUBLE, CHARACTER],
        prefixes: "s f raw",
        marks: &[('@', Some(Kind::Type))],
        comments_nest: true,
        keywords: "abstract case catch class def derives do else end enum export extends extension final finally for given if \
                   implicit import inline lazy match new object opaque open override package private protected return sealed \
                   super then this throw trait transparent try type using val var while with yield",
        ..LIKE_C
    },
    Language {
        names: "swift",
        quotes: &[THREE, DOUBLE],
        marks: &[('@', Some(Kind::Type)), ('#', Some(Kind::Keyword))],
        comments_nest: true,
        keywords: "actor any as associatedtype async await break case catch class continue convenience default defer deinit do \
                   else enum extension fallthrough fileprivate final for func get guard if import in indirect infix init inout \
                   internal is lazy let mutating nonisolated open operator override postfix precedencegroup prefix private \
                   protocol public repeat required rethrows return self set some static struct subscript super switch throw \
                   throws try typealias unowned var weak where while",
        literals: "true false nil",
        ..LIKE_C
    },
    Language {
        names: "go golang",
        quotes: &[raw("`", "`"), DOUBLE, CHARACTER],
        capitals_are_types: false,
        keywords: "break case chan const continue default defer else fallthrough for func go goto if import interface map \
                   package range return select struct switch type var",
        types: "any bool byte comparable complex64 complex128 error float32 float64 int int8 int16 int32 int64 rune string uint \
                uint8 uint16 uint32 uint64 uintptr",
        literals: "true false nil iota",
        ..LIKE_C
    },
    Language {
        names: "rust rs",
        quotes: &[raw("r##\"", "\"##"), raw("r#\"", "\"#"), raw("r\"", "\""), long("\"", "\""), CHARACTER],
        prefixes: "b c br cr",
        comments_nest: true,
        keywords: "as async await break const continue crate dyn else enum extern fn for if impl in let loop macro_rules match \
                   mod move mut pub ref return self static struct super trait type union unsafe use where while yield",
        types: "bool char f32 f64 i8 i16 i32 i64 i128 isize str u8 u16 u32 u64 u128 usize",
        literals: "true false",
        ..LIKE_C
    },
    Language {
        names: "javascript js jsx mjs cjs node typescript ts tsx mts",
        quotes: &[long("`", "`"), DOUBLE, SINGLE],
        marks: &[('@', Some(Kind::Type)), ('$', None)],
        keywords: "abstract as async await break case catch class const continue debugger declare default delete do else enum \
                   export extends finally for from function get if implements import in infer instanceof interface is keyof \
                   let module namespace new of override private protected public readonly return satisfies set static super \
                   switch this throw try type typeof var void while with yield",
        types: "any bigint boolean never number object string symbol unknown",
        literals: "true false null undefined NaN Infinity",
        ..LIKE_C
    },
    Language {
        names: "php",
        line_comments: &["//", "#"],
        quotes: &[long("\"", "\""), long("'", "'")],
        marks: &[('$', None)],
        keywords: "abstract and array as break callable case catch class clone const continue declare default do echo else \
                   elseif empty enddeclare endfor endforeach endif endswitch endwhile enum extends final finally fn for foreach \
                   function global goto if implements include include_once instanceof insteadof interface isset list match \
                   namespace new or print private protected public readonly require require_once return static switch throw \
                   trait try unset use var while xor yield php",
        types: "bool float int iterable mixed never object self string void",
        literals: "true false null TRUE FALSE NULL",
        ..LIKE_C
    },
    Language {
        names: "dart",
        quotes: &[THREE, long("'''", "'''"), DOUBLE, SINGLE],
        prefixes: "r",
        marks: &[('@', Some(Kind::Type))],
        keywords: "abstract as assert async await base break case catch class const continue covariant default deferred do else \
                   enum export extends extension external factory final finally for get if implements import in interface is \
                   late library mixin new on operator part required rethrow return sealed set show static super switch sync \
                   this throw try typedef var when while with yield",
        types: "bool double dynamic int num void",
        ..LIKE_C
    },
    Language {
        names: "zig",
        quotes: &[DOUBLE, CHARACTER],
        marks: &[('@', Some(Kind::Keyword))],
        block_comments: &[],
        keywords: "align allowzero and anyframe asm async await break callconv catch comptime const continue defer else enum \
                   errdefer error export extern fn for if inline linksection noalias nosuspend opaque or orelse packed pub \
                   resume return struct suspend switch test threadlocal try union unreachable usingnamespace var volatile while",
        types: "anyerror anyopaque anytype bool f16 f32 f64 i8 i16 i32 i64 isize noreturn type u8 u16 u32 u64 usize void",
        literals: "true false null undefined",
        ..LIKE_C
    },
    Language {
        names: "python py python3 pycon",
        quotes: &[THREE, long("'''", "'''"), DOUBLE, SINGLE],
        prefixes: "r b f u t rb br fr R B F U",
        marks: &[('@', Some(Kind::Type))],
        capitals_are_types: true,
        keywords: "and as assert async await break case class continue def del elif else except finally for from global if \
                   import in is lambda match nonlocal not or pass raise return try while with yield",
        types: "bool bytes complex dict float frozenset int list object set str tuple type",
        literals: "True False None self cls",
        ..LIKE_SHELL
    },
    Language {
        names: "ruby rb",
        comments_stand_apart: true,
        block_comments: &[("=begin", "=end")],
        quotes: &[long("\"", "\""), long("'", "'")],
        word_characters: "?!",
        marks: &[('@', None), ('$', None), (':', Some(Kind::Number))],
        capitals_are_types: true,
        keywords: "alias and begin break case class def defined? do else elsif end ensure for if in module next not or redo \
                   rescue retry return super then undef unless until when while yield require require_relative attr_reader \
                   attr_writer attr_accessor include extend raise",
        literals: "true false nil self",
        ..LIKE_SHELL
    },
    Language {
        names: "perl pl",
        comments_stand_apart: true,
        quotes: &[long("\"", "\""), long("'", "'")],
        marks: &[('$', None), ('@', None), ('%', None)],
        keywords: "and bless cmp continue do else elsif eq eval for foreach ge gt if last le local lt my ne next no not or our \
                   package print redo require return say sub undef unless until use while xor",
        ..LIKE_SHELL
    },
    Language {
        names: "elixir ex exs",
        quotes: &[THREE, DOUBLE],
        word_characters: "?!",
        marks: &[('@', Some(Kind::Type)), (':', Some(Kind::Number))],
        capitals_are_types: true,
        keywords: "after alias and case catch cond def defimpl defmacro defmodule defp defprotocol defstruct do else end fn for \
                   if import in not or quote raise receive require rescue try unless unquote use when with",
        literals: "true false nil",
        ..LIKE_SHELL
    },
    Language {
        names: "sh bash shell zsh fish ksh",
        comments_stand_apart: true,
        quotes: &[DOUBLE, BARE],
        word_characters: "-./",
        marks: &[('$', None), ('-', None)],
        keywords: "case do done elif else esac export fi for function if in local readonly return select set shift source then \
                   trap unset until while alias cd declare echo eval exec exit printf read test",
        literals: "true false",
        ..LIKE_SHELL
    },
    Language {
        names: "powershell ps1 pwsh",
        block_comments: &[("<#", "#>")],
        quotes: &[Quote { escape: Some('`'), ..DOUBLE }, BARE],
        word_characters: "-",
        marks: &[('$', None), ('-', None)],
        any_case: true,
        keywords: "begin break catch class continue data do dynamicparam else elseif end enum exit filter finally for foreach \
                   from function if in param process return switch throw trap try until using while",
        ..LIKE_SHELL
    },
    Language {
        names: "make makefile",
        quotes: &[],
        word_characters: "-./%",
        key_mark: Some(':'),
        keywords: "define else endef endif export ifdef ifeq ifndef ifneq include override unexport",
        ..LIKE_SHELL
    },
    Language {
        names: "dockerfile docker containerfile",
        comments_stand_apart: true,
        keywords: "ADD ARG AS CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL ONBUILD RUN SHELL STOPSIGNAL USER VOLUME \
                   WORKDIR",
        ..LIKE_SHELL
    },
    Language {
        names: "yaml yml",
        comments_stand_apart: true,
        quotes: &[DOUBLE, BARE],
        word_characters: "-./",
        literals: "true false null yes no on off",
        key_mark: Some(':'),
        ..LIKE_SHELL
    },
    Language {
        names: "toml ini cfg conf properties",
        line_comments: &["#", ";"],
        comments_stand_apart: true,
        quotes: &[THREE, raw("'''", "'''"), DOUBLE, BARE],
        word_characters: "-.",
        literals: "true false inf nan",
        key_mark: Some('='),
        has_sections: true,
        ..PLAIN
    },
    Language {
        names: "json json5 jsonc geojson",
        line_comments: &["//"],
        block_comments: &[("/*", "*/")],
        literals: "true false null",
        key_mark: Some(':'),
        ..PLAIN
    },
    Language {
        names: "css scss less sass",
        line_comments: &["//"],
        comments_stand_apart: true,
        block_comments: &[("/*", "*/")],
        word_characters: "-%",
        marks: &[('@', Some(Kind::Keyword)), ('#', Some(Kind::Number)), ('$', None)],
        literals: "auto none inherit initial unset important",
        key_mark: Some(':'),
        ..PLAIN
    },
    Language {
        names: "sql mysql postgresql postgres sqlite plsql",
        line_comments: &["--"],
        block_comments: &[("/*", "*/")],
        quotes: &[BARE, DOUBLE],
        any_case: true,
        keywords: "add all alter analyze and as asc begin between by cascade case check column commit constraint create cross \
                   cursor database declare default delete desc distinct drop else end except exists explain fetch for foreign \
                   from full function grant group having if in index inner insert intersect into is join key left like limit \
                   materialized natural not offset on or order outer over partition primary procedure references replace return \
                   returning returns right rollback row rows select set table then to transaction trigger truncate union unique \
                   update using values view when where with",
        types: "bigint blob boolean bytea char date datetime decimal double float int integer interval json jsonb numeric real \
                serial smallint text time timestamp uuid varchar",
        literals: "true false null current_date current_timestamp",
        ..PLAIN
    },
    Language {
        names: "lua",
        block_comments: &[("--[[", "]]")],
        line_comments: &["--"],
        quotes: &[raw("[[", "]]"), DOUBLE, SINGLE],
        keywords: "and break do else elseif end for function goto if in local not or repeat return then until while",
        literals: "true false nil",
        ..PLAIN
    },
    Language {
        names: "haskell hs elm purescript",
        line_comments: &["--"],
        block_comments: &[("{-", "-}")],
        comments_nest: true,
        quotes: &[DOUBLE, CHARACTER],
        word_characters: "'",
        capitals_are_types: true,
        keywords: "as case class data default deriving do else family forall foreign hiding if import in infix infixl infixr \
                   instance let module newtype of qualified then type where",
        ..PLAIN
    },
    Language {
        names: "ocaml ml fsharp f# sml reason",
        line_comments: &["//"],
        block_comments: &[("(*", "*)")],
        comments_nest: true,
        quotes: &[DOUBLE, CHARACTER],
        word_characters: "'",
        capitals_are_types: true,
        keywords: "and as assert begin class constraint do done downto else end exception external for fun function functor if \
                   in include inherit initializer lazy let match member method module mutable namespace new object of open or \
                   override private rec sig struct then to try type use val virtual when while with yield",
        types: "array bool bytes char exn float int list option string unit",
        literals: "true false",
        ..PLAIN
    },
    Language {
        names: "lisp scheme clojure clj racket elisp emacs-lisp common-lisp",
        line_comments: &[";"],
        block_comments: &[("#|", "|#")],
        comments_nest: true,
        quotes: &[long("\"", "\"")],
        word_characters: "-?!*+/<>=&",
        marks: &[(':', Some(Kind::Number))],
        keywords: "and begin case cond def defclass defconst defgeneric define define-record-type define-syntax defmacro defmethod \
                   defn defn- defparameter defprotocol defrecord defstruct defun defvar delay do else fn if lambda let let* \
                   letrec loop ns or progn quote recur require set! setf setq unless use when while",
        literals: "nil t true false",
        ..PLAIN
    },
    Language {
        names: "r",
        quotes: &[long("\"", "\""), long("'", "'")],
        word_characters: ".",
        keywords: "break else for function if in library next repeat require return while",
        literals: "TRUE FALSE NULL NA NaN Inf",
        ..LIKE_SHELL
    },
    Language {
        names: "julia jl",
        block_comments: &[("#=", "=#")],
        comments_nest: true,
        quotes: &[THREE, DOUBLE, CHARACTER],
        word_characters: "!",
        marks: &[('@', Some(Kind::Type))],
        capitals_are_types: true,
        keywords: "abstract baremodule begin break catch const continue do else elseif end export finally for function global if \
                   import in let local macro module mutable primitive quote return struct try type using where while",
        literals: "true false nothing missing",
        ..LIKE_SHELL
    },
    Language {
        names: "matlab octave",
        line_comments: &["%", "#"],
        quotes: &[DOUBLE, BARE],
        keywords: "break case catch classdef continue else elseif end for function global if methods otherwise parfor persistent \
                   properties return switch try until while",
        literals: "true false pi inf nan",
        ..PLAIN
    },
    Language {
        names: "pascal delphi",
        line_comments: &["//"],
        block_comments: &[("(*", "*)"), ("{", "}")],
        quotes: &[BARE],
        any_case: true,
        keywords: "and array as begin case class const constructor destructor div do downto else end except finally for function \
                   goto if implementation in inherited interface is mod not object of or packed procedure program property raise \
                   record repeat set shl shr then to try type unit until uses var while with xor",
        types: "boolean byte cardinal char double integer longint real shortint single string word",
        literals: "true false nil",
        ..PLAIN
    },
    Language {
        names: "fortran f90 f95",
        line_comments: &["!"],
        any_case: true,
        keywords: "allocatable allocate call case contains cycle deallocate dimension do else elseif end enddo endif exit function \
                   if implicit in inout intent interface module none only out parameter pointer print private procedure program \
                   public pure read recursive result return save select stop subroutine target then type use where while write",
        types: "character complex integer logical real",
        ..PLAIN
    },
    Language {
        names: "basic vb vbnet vba",
        line_comments: &["'"],
        quotes: &[Quote { escape: None, ..DOUBLE }],
        any_case: true,
        keywords: "and as byref byval call case class const dim do each else elseif end exit for function get gosub goto if in \
                   input is let loop me mod module new next not on or print private property public redim rem return select set \
                   static step stop sub then to until wend while with",
        types: "boolean byte date double integer long object single string variant",
        literals: "true false nothing",
        ..PLAIN
    },
    Language { names: "tex latex", line_comments: &["%"], quotes: &[], marks: &[('\\', Some(Kind::Keyword))], ..PLAIN },
    Language { names: "html htm xml svg xhtml mathml opf ncx rss vue plist xsl", form: Form::Markup, ..PLAIN },
    Language { names: "diff patch", form: Form::Changes, ..PLAIN },
];
